"""The configuration that the role relay writes."""

import unittest

import templates

KEY = "a-key-of-the-test"
SECRET = "a-secret-of-the-test-that-nobody-else-has"


class RelaySettingsTest(templates.TemplateTest):
    def settings(self, **variables):
        inventory = {
            "inventory_hostname": "one",
            "groups": {"redis": ["one"]},
            "heliograph_api_key": KEY,
            "heliograph_token_secret": SECRET,
            "heliograph_admin_tokens": [],
            "heliograph_redis_password": "a-password",
            "relay__proxies": ["10.0.0.41"],
            "relay__redis": ["10.0.0.41:6379"],
        }
        return self.load(self.render("relay", "settings.yaml.j2", **{**inventory, **variables}))

    def test_without_previous_secrets_there_is_no_word_of_them(self):
        settings = self.settings()
        self.assertEqual(settings["http_api"], {"key": KEY})
        self.assertEqual(settings["client"]["token"], {"hmac_secret_key": SECRET})

    def test_previous_secrets_of_the_inventory_stand_beside_those_in_force(self):
        settings = self.settings(heliograph_api_previous_key="old: key", heliograph_token_previous_secret='old "secret"')
        self.assertEqual(settings["http_api"], {"key": KEY, "previous_key": "old: key"})
        self.assertEqual(
            settings["client"]["token"], {"hmac_secret_key": SECRET, "hmac_previous_secret_key": 'old "secret"'}
        )


if __name__ == "__main__":
    unittest.main()
