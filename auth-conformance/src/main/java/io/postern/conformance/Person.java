package io.postern.conformance;

import io.postern.auth.user.UserRecord;
import java.util.List;
import java.util.Optional;

/**
 * A user of the scenarios.
 *
 * @param user who
 * @param password the password
 * @param hash a hash of it, the same on every server, so that sessions of one hold on another
 * @param key the opaque token, if there is one from the beginning
 */
record Person(UserRecord user, String password, String hash, Optional<String> key) {

    static final List<Person> ALL = List.of(
            of(
                    UserRecord.builder("1", "alice").permissions("notes.view_note"),
                    "alice-pass-123",
                    "tjoe7pss5erzh72raii7vi$VeMhK0wwtVtXviuuusT6xCUfkB0LK6eeolPrK7kFvew=",
                    "a11ce"),
            of(
                    UserRecord.builder("2", "admin").staff(true).superuser(true),
                    "admin-pass-123",
                    "7hdv4v74f6vehdhe3qdibk$94y2ClnL2J5rhIYYuIBnwz/9ZGDtnMixEKDyyxUcAXs=",
                    "ad314"),
            of(
                    UserRecord.builder("3", "inactive").active(false),
                    "inactive-pass-123",
                    "un7ixx5q7xhib2rulnql2f$yQMWldS3joguuruA5hzwjOADo0HtnGbsFY2yQXzPk4I=",
                    "1ac7e"),
            of(
                    UserRecord.builder("4", "ünï"),
                    "pässwörd-123",
                    "btq2tkhtu24qun3n57sh2c$otBC8lXOAYfnxkiUQbOtf6va0WkrSq/acT0iplf8vl0=",
                    "0d1e5"),
            of(
                    UserRecord.builder("5", "colon")
                            .permissions("notes.view_note", "notes.add_note", "notes.change_note"),
                    "pa:ss:word",
                    "35bg4as7ycykyuxqo7o5qd$sZOy4S9uC+E7mpAtIRYpMzFemSZ9rtGe/JFgpwoJ7AI=",
                    ""));

    private static Person of(UserRecord.Builder user, String password, String saltAndHash, String keyPart) {
        Optional<String> key = Optional.of(keyPart.repeat(8)).filter(text -> !text.isEmpty());
        return new Person(user.build(), password, "pbkdf2_sha256$1000$" + saltAndHash, key);
    }
}
