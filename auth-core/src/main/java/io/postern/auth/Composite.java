package io.postern.auth;

/** Combinators of permissions; equal operators over equal operands are equal (drf-contract PC-6). */
final class Composite {

    private Composite() {}

    record And(Permission left, Permission right) implements Permission {
        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return left.allows(request, authentication) && right.allows(request, authentication);
        }

        @Override
        public boolean allowsObject(AuthRequest request, Authentication authentication, Object object) {
            return left.allowsObject(request, authentication, object)
                    && right.allowsObject(request, authentication, object);
        }
    }

    record Or(Permission left, Permission right) implements Permission {
        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return left.allows(request, authentication) || right.allows(request, authentication);
        }

        @Override
        public boolean allowsObject(AuthRequest request, Authentication authentication, Object object) {
            return grantsBoth(left, request, authentication, object)
                    || grantsBoth(right, request, authentication, object);
        }

        private static boolean grantsBoth(Permission side, AuthRequest request, Authentication who, Object object) {
            return side.allows(request, who) && side.allowsObject(request, who, object);
        }
    }

    record Not(Permission inner) implements Permission {
        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return !inner.allows(request, authentication);
        }

        @Override
        public boolean allowsObject(AuthRequest request, Authentication authentication, Object object) {
            return !inner.allowsObject(request, authentication, object);
        }
    }

    record WithMessage(Permission inner, String message, String code) implements Permission {
        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return inner.allows(request, authentication);
        }

        @Override
        public boolean allowsObject(AuthRequest request, Authentication authentication, Object object) {
            return inner.allowsObject(request, authentication, object);
        }

        @Override
        public Denial denial(AuthRequest request, Authentication authentication) {
            return Denial.permissionDenied(message, code);
        }
    }
}
