/// Does what steps say: through the admin API, Prometheus, Alertmanager and Ansible.
@NullMarked
package dev.heliograph.runbook.cluster;

import org.jspecify.annotations.NullMarked;
