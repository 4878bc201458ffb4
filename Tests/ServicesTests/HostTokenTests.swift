import Testing

@testable import Services

@Suite struct HostTokenTests {
  /// A text and the hosts in it, each `form host:port`.
  @Test(arguments: [
    ("http://api:8080/v1", ["url api:8080", "hostAndPort api:8080"]),
    ("https://API", ["url api"]),
    ("postgres://app:secret@db.shop.local:5432/orders", ["url db.shop.local:5432", "hostAndPort db.shop.local:5432"]),
    ("mongodb://a:1,b:2/x", ["url a:1", "url b:2", "hostAndPort a:1", "hostAndPort b:2"]),
    ("jdbc:mysql://mysql:3306/db?useSSL=false", ["url mysql:3306", "hostAndPort mysql:3306"]),
    ("orders:9000", ["hostAndPort orders:9000"]),
    ("kafka1:9092,kafka2:9092", ["hostAndPort kafka1:9092", "hostAndPort kafka2:9092"]),
    ("user:pw@tcp(mysql:3306)/db", ["hostAndPort mysql:3306"]),
    ("host=mysql port=3306 dbname=orders", ["labelled mysql:3306"]),
    ("Server=mysql;Database=orders", ["labelled mysql"]),
    ("{\"host\": \"mysql\", \"name\": \"orders\"}", ["labelled mysql"]),
    ("mysql -h mysql -u root", ["labelled mysql"]),
    ("serve --db-host mysql", ["labelled mysql"]),
    ("serve --upstream-host=mysql:3306", ["labelled mysql:3306", "hostAndPort mysql:3306"]),
    ("nc -z mysql 3306", ["hostAndPort mysql:3306"]),
    ("mysql", ["bare mysql"]),
    ("mysql.", ["bare mysql"]),
    ("a, b;c", ["bare a", "bare b", "bare c"]),
    ("proxy_pass http://api:80;", ["url api:80", "hostAndPort api:80"]),
    ("PLAINTEXT://a:1,SSL://b:2", ["url a:1", "url ssl", "url b:2", "hostAndPort a:1", "hostAndPort b:2"]),
    ("psql -h db -p 5432", ["labelled db:5432"]),
    ("--port 1 --host a --host b", ["labelled a:1", "labelled b"]),
    ("upstream x { server a:1; } proxy_pass http://x/y;", ["labelled a:1", "hostAndPort a:1"]),
    ("api/v1", ["bare api"]),
    ("/dev/tcp/mysql/3306", ["hostAndPort mysql:3306"]),
    ("no host here", []),
    ("12", []),
    ("10:30:59", []),
    (":9001", []),
    ("sha256:0123456789abcdef", []),
    ("", []),
  ])
  func tokens(text: String, expected: [String]) {
    let found = HostToken.all(in: text).map { "\($0.form) \($0.host)" + ($0.port.map { ":\($0)" } ?? "") }
    #expect(Set(found) == Set(expected))
  }

  @Test(arguments: [
    "WORDPRESS_DB_HOST", "YELB_DB_SERVER", "API_URL", "dbHost", "DB_HOST_2", "KAFKA_BROKERS", "--db-host", "REDIS_ADDR",
    "DATABASE_HOST", "spring.datasource.url", "UPSTREAM",
  ])
  func meansAHost(name: String) { #expect(HostWords(name).meanHost) }

  @Test(arguments: [
    "MYSQL_DB", "DATABASE", "DB_NAME", "HOST_NAME", "SERVER_TYPE", "POSTGRES_USER", "SPRING_PROFILES_ACTIVE", "TERM",
    "DB_CONNECTION", "CACHE_BACKEND", "SERVER_PORT", "XRAY_APP_NAME", "COLOR", "GHOST",
  ])
  func meansSomethingElse(name: String) { #expect(!HostWords(name).meanHost) }
}
