package io.postern.samples;

import io.postern.AuthenticatorFactory;
import io.postern.PosternBuilder;
import io.postern.Preset;
import io.postern.auth.Challenge;
import io.postern.auth.basic.BasicAuthenticator;
import io.postern.auth.endpoint.ErrorFormat;

/** The samples of {@code settings.md}. */
final class SettingsSamples {

    private SettingsSamples() {}

    static PosternBuilder single(PosternBuilder builder) {
        // sample: single-settings
        builder.preset(Preset.DRF)
                .errorFormat(ErrorFormat.PROBLEM_DETAILS)
                .gate(gate -> gate.challengeStyle(Challenge.Style.ALL));
        // end
        return builder;
    }

    static PosternBuilder realm(PosternBuilder builder) {
        // sample: factory
        AuthenticatorFactory basic = components -> BasicAuthenticator.of(components.login(), components.loginFlow())
                .withRealm("orders");
        builder.authenticators(basic);
        // end
        return builder;
    }
}
