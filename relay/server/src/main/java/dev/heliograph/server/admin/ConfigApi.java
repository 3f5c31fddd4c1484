package dev.heliograph.server.admin;

import dev.heliograph.server.config.ConfigDiff;
import dev.heliograph.server.config.ConfigException;
import dev.heliograph.server.config.Effect;
import dev.heliograph.server.config.EffectiveSetting;
import dev.heliograph.server.config.Reloader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The configuration of the node that is asked, and its reloading.
final class ConfigApi {

    /// @param change what is different, as `128 -> 256`; shows no secret
    record ChangeRow(String key, String change, Effect effect) {}

    record Reloaded(List<ChangeRow> changes, boolean dryRun) {
        static Reloaded of(ConfigDiff diff, boolean dryRun) {
            return new Reloaded(
                    diff.changes().stream()
                            .map(each -> new ChangeRow(each.key(), each.change(), each.effect()))
                            .toList(),
                    dryRun);
        }
    }

    /// @param value  left out of a setting that may hold a secret
    /// @param set    whether there is a value that is not empty
    /// @param effect when a changed value would take effect
    record SettingRow(String key, @Nullable String value, boolean set, EffectiveSetting.Source source, Effect effect) {
        static SettingRow of(EffectiveSetting setting) {
            return new SettingRow(
                    setting.key(), setting.value().orElse(null), setting.set(), setting.source(), setting.effect());
        }
    }

    record SettingList(List<SettingRow> settings) {}

    private final Reloader reloader;

    ConfigApi(Reloader reloader) {
        this.reloader = reloader;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/config",
                        "config.show",
                        Role.OPERATOR,
                        "The configuration that is in force on this node, without its secrets: of those it tells whether they"
                                + " are set.",
                        List.of(),
                        SettingList.class,
                        _ -> new SettingList(EffectiveSetting.of(reloader.current()).stream()
                                .map(SettingRow::of)
                                .toList())),
                Route.change(
                        Route.Method.POST,
                        "/v1/config/reload",
                        "config.reload",
                        Role.ADMIN,
                        "Have this node read its configuration again: all of it, or nothing. A dry run tells what would change.",
                        List.of(),
                        null,
                        Reloaded.class,
                        this::reload));
    }

    private Reloaded reload(Call call) {
        call.about("this node");
        try {
            Reloaded reloaded = Reloaded.of(call.dryRun() ? reloader.preview() : reloader.reload(), call.dryRun());
            if (!call.dryRun()) {
                call.done(null, reloaded);
            }
            return reloaded;
        } catch (ConfigException e) {
            throw AdminException.conflict(String.join("; ", e.problems()));
        }
    }
}
