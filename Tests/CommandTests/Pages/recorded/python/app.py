"""WordPress and MySQL on Fargate, which find each other by Service Connect."""
import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2, aws_ecs as ecs


class Blog(cdk.Stack):
    def __init__(self, scope, name):
        super().__init__(scope, name)
        vpc = ec2.Vpc(self, "Vpc", max_azs=2, nat_gateways=0)
        self.cluster = ecs.Cluster(
            self, "Cluster", vpc=vpc,
            default_cloud_map_namespace=ecs.CloudMapNamespaceOptions(name="blog.internal", use_for_service_connect=True))
        mysql = self.service("MySql", "mysql:8", 3306, {"MYSQL_DATABASE": "blog"}, is_server=True)
        wordpress = self.service("WordPress", "wordpress:6", 80, {"WORDPRESS_DB_HOST": "mysql:3306"}, is_server=False)

    def service(self, name, image, port, environment, is_server):
        task = ecs.FargateTaskDefinition(self, name + "Task", cpu=256, memory_limit_mib=512)
        task.add_container(
            "main", image=ecs.ContainerImage.from_registry(image), environment=environment,
            port_mappings=[ecs.PortMapping(name=name.lower(), container_port=port)])
        servers = [ecs.ServiceConnectService(port_mapping_name=name.lower(), dns_name=name.lower(), port=port)]
        return ecs.FargateService(
            self, name, cluster=self.cluster, task_definition=task,
            service_connect_configuration=ecs.ServiceConnectProps(services=servers if is_server else None))


app = cdk.App()
Blog(app, "Blog")
app.synth()
