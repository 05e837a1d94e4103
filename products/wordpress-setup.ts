/**
 * What a server does whenever it starts, as the text of an `Fn::Sub` with the logical ids of the product's template. It
 * brings up WordPress with what database and bucket hold, so a server can be replaced at any time; CloudFormation starts
 * it again where this text changes, and EC2 alone would run it once.
 *
 * Passwords are made up on the server and shown nowhere: that of WordPress in the database changes with each start, and
 * that of the administrator is set by `wordpress-password` in a session on the server.
 */
export const WORDPRESS_SETUP = `Content-Type: multipart/mixed; boundary="//"
MIME-Version: 1.0

--//
Content-Type: text/cloud-config; charset="us-ascii"

#cloud-config
cloud_final_modules:
- [scripts-user, always]

--//
Content-Type: text/x-shellscript; charset="us-ascii"

#!/bin/bash
set -euo pipefail
SITE=/var/www/html
HOST='\${DomainName}'
[ -n "$HOST" ] || HOST=$(hostname -I | cut -d' ' -f1)

dnf install -y awscli-2 httpd jq mariadb105 mod_ssl openssl php php-fpm php-gd php-intl php-mbstring php-mysqlnd php-xml php-zip tar
# The certificates of RDS, so that PHP knows whom it talks to.
curl -fsS -o /etc/pki/ca-trust/source/anchors/rds.pem https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem
update-ca-trust

curl -fsSL https://wordpress.org/latest.tar.gz | tar -xz --strip-components=1 -C "$SITE"
aws s3 sync s3://\${Files}/wp-content "$SITE/wp-content" --region \${AWS::Region} --only-show-errors

SECRET=$(aws secretsmanager get-secret-value --region \${AWS::Region} --secret-id '\${Database.MasterUserSecret.SecretArn}' --query SecretString --output text)
PASSWORD=$(openssl rand -hex 24)
MYSQL_PWD=$(jq -r .password <<< "$SECRET") mysql --host='\${Database.Endpoint.Address}' --user="$(jq -r .username <<< "$SECRET")" --ssl-ca=/etc/pki/tls/certs/ca-bundle.crt --ssl-verify-server-cert << SQL
CREATE USER IF NOT EXISTS 'wordpress'@'%' IDENTIFIED BY '$PASSWORD';
ALTER USER 'wordpress'@'%' IDENTIFIED BY '$PASSWORD' REQUIRE SSL;
GRANT ALL PRIVILEGES ON wordpress.* TO 'wordpress'@'%';
SQL

install -m 640 -o root -g apache /dev/null "$SITE/wp-config.php"
cat > "$SITE/wp-config.php" << PHP
<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'wordpress');
define('DB_PASSWORD', '$PASSWORD');
define('DB_HOST', '\${Database.Endpoint.Address}');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('MYSQL_CLIENT_FLAGS', MYSQLI_CLIENT_SSL);
define('WP_HOME', 'https://$HOST');
define('WP_SITEURL', 'https://$HOST');
define('FORCE_SSL_ADMIN', true);
define('DISALLOW_FILE_EDIT', true);
$(for KEY in AUTH_KEY SECURE_AUTH_KEY LOGGED_IN_KEY NONCE_KEY AUTH_SALT SECURE_AUTH_SALT LOGGED_IN_SALT NONCE_SALT; do echo "define('$KEY', '$(openssl rand -hex 32)');"; done)
\\$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
PHP
chown -R apache:apache "$SITE/wp-content"

cat > /usr/local/bin/wordpress-install << 'SCRIPT'
<?php
define('WP_INSTALLING', true);
require '/var/www/html/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
if (!is_blog_installed()) wp_install($argv[1], 'admin', $argv[2], false, '', wp_generate_password(32));
SCRIPT
sudo -u apache php /usr/local/bin/wordpress-install '\${SiteTitle}' '\${RequesterEmail}'

cat > /usr/local/bin/wordpress-password << 'SCRIPT'
#!/bin/bash
# Gives the user admin a new password and shows it, this once.
exec sudo -u apache php -r 'require "/var/www/html/wp-load.php"; $new = wp_generate_password(24, false); wp_set_password($new, get_user_by("login", "admin")->ID); echo $new, PHP_EOL;'
SCRIPT
chmod 755 /usr/local/bin/wordpress-password

cat > /etc/httpd/conf.d/wordpress.conf << 'CONF'
<Directory /var/www/html>
  AllowOverride FileInfo
</Directory>
CONF
cat > /etc/systemd/system/wordpress-files.service << 'UNIT'
[Service]
Type=oneshot
ExecStart=/usr/bin/aws s3 sync /var/www/html/wp-content s3://\${Files}/wp-content --region \${AWS::Region} --delete --only-show-errors
UNIT
cat > /etc/systemd/system/wordpress-files.timer << 'UNIT'
[Timer]
OnBootSec=5min
OnUnitActiveSec=5min
[Install]
WantedBy=timers.target
UNIT
systemctl daemon-reload
systemctl enable --now php-fpm httpd wordpress-files.timer
--//--
`;
