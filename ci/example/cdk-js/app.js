// WordPress and MySQL on Fargate, which find each other by Service Connect; one function makes both services.
const cdk = require('aws-cdk-lib');
const { aws_ec2: ec2, aws_ecs: ecs } = cdk;

class Blog extends cdk.Stack {
  constructor(scope, id) {
    super(scope, id);
    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 0 });
    this.cluster = new ecs.Cluster(this, 'Cluster', {
      vpc, defaultCloudMapNamespace: { name: 'blog.internal', useForServiceConnect: true },
    });
    const mysql = this.service('MySql', 'mysql:8', 3306, { MYSQL_DATABASE: 'blog' }, true);
    const wordpress = this.service('WordPress', 'wordpress:6', 80, { WORDPRESS_DB_HOST: 'mysql:3306' }, false);
    mysql.connections.allowFrom(wordpress, ec2.Port.tcp(3306));
    wordpress.node.defaultChild.addDependency(mysql.node.defaultChild);
  }

  service(name, image, port, environment, isServer) {
    const taskDefinition = new ecs.FargateTaskDefinition(this, name + 'Task', { cpu: 256, memoryLimitMiB: 512 });
    const alias = name.toLowerCase();
    taskDefinition.addContainer('main', {
      image: ecs.ContainerImage.fromRegistry(image), environment,
      portMappings: [{ name: alias, containerPort: port }],
    });
    return new ecs.FargateService(this, name, {
      cluster: this.cluster, taskDefinition,
      serviceConnectConfiguration: {
        services: isServer ? [{ portMappingName: alias, dnsName: alias, port }] : undefined,
      },
    });
  }
}

const app = new cdk.App();
new Blog(app, 'Blog');
app.synth();
