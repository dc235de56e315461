package io.postern.jwt;

import io.postern.Preset;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.JwtStrictness;
import io.postern.auth.refresh.RefreshSettings;
import java.time.Duration;

/** What each preset says of signed tokens. */
final class Presets {

    private Presets() {}

    static JwtSettings.Builder of(Preset preset, JwtSettings.Builder jwt) {
        return switch (preset) {
            case DRF -> jwt.strictness(JwtStrictness.simplejwt());
            case STRICT ->
                jwt.strictness(JwtStrictness.rfc())
                        .leeway(Duration.ofSeconds(30))
                        .longestLifetime(Duration.ofDays(400));
        };
    }

    /** Without a store nothing can be rotated. */
    static RefreshSettings refresh(Preset preset, boolean kept) {
        return switch (preset) {
            case DRF -> RefreshSettings.simplejwt();
            case STRICT -> kept ? RefreshSettings.rfc() : RefreshSettings.simplejwt();
        };
    }
}
