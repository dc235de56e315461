package io.postern.samples;

import static io.postern.auth.permission.StandardPermissions.isAdmin;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static io.postern.auth.permission.StandardPermissions.isReadOnly;
import static io.postern.auth.permission.StandardPermissions.modelPermissions;

import io.postern.auth.Permission;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;

/** The samples of {@code permissions.md}. */
final class PermissionSamples {

    private PermissionSamples() {}

    static List<Permission> composed() {
        // sample: compose
        Permission staffOrReading = isAdmin().or(isReadOnly());
        Permission usersButStaff = isAuthenticated().and(isAdmin().not());
        Permission explained = staffOrReading.withMessage("Only the staff may change this.", "staff_only");
        // end
        return List.of(staffOrReading, usersButStaff, explained);
    }

    static List<Permission> models() {
        // sample: models
        Permission notes = modelPermissions("app", "note");
        Permission openNotes = modelPermissions("app", "note").anonymousReads();
        Permission singleNotes = modelPermissions("app", "note").onObjects();
        // end
        return List.of(notes, openNotes, singleNotes);
    }

    static Permission own(Clock clock) {
        // sample: lambda
        Permission onTuesdays = (request, who) -> LocalDate.now(clock).getDayOfWeek() == DayOfWeek.TUESDAY;
        // end
        return onTuesdays;
    }
}
