/** Official images that the collected facts leave out; their library files and Dockerfiles are read directly. */
export const furtherLibraries: readonly string[] = (
  'adminer cassandra chronograf clickhouse couchdb docker drupal eclipse-mosquitto elasticsearch flink fluentd ghost groovy ' +
  'hello-world influxdb jetty joomla kapacitor kibana kong liquibase logstash nats neo4j nextcloud odoo open-liberty phpmyadmin ' +
  'redmine solr sonarqube spark telegraf traefik unit varnish zookeeper'
).split(' ');
