package io.postern.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.permission.StandardPermissions;
import io.postern.auth.testkit.FakeRequest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Composition is held against expressions that compute the same in another way (drf-contract PC-1 to PC-6). */
class PermissionCompositionTest {

    private static final long SEED = 20_261_122L;
    private static final int EXPRESSIONS = 100_000;
    private static final int LEAVES = 3;

    private final AuthRequest request = FakeRequest.get();
    private final Authentication who = Authentication.anonymous();

    @Test
    void a_hundred_thousand_random_expressions_follow_the_truth_tables() {
        System.out.println("PermissionCompositionTest seed " + SEED);
        Random random = new Random(SEED);
        for (int i = 0; i < EXPRESSIONS; i++) {
            Expression expression = random(random, 1 + random.nextInt(6));
            int world = random.nextInt(1 << (2 * LEAVES));
            Permission permission = expression.permissions(world);

            assertThat(permission.allows(request, who))
                    .as("%s in world %d of seed %d", expression, world, SEED)
                    .isEqualTo(expression.allows(world));
            assertThat(permission.allowsObject(request, who, "object"))
                    .as("object of %s in world %d of seed %d", expression, world, SEED)
                    .isEqualTo(expression.allowsObject(world));
        }
    }

    @Test
    void and_or_and_not_have_their_truth_tables() {
        Permission yes = StandardPermissions.allowAny();
        Permission no = StandardPermissions.denyAll();

        assertThat(List.of(yes.and(yes), yes.or(yes), yes.or(no), no.or(yes), no.not()))
                .allMatch(permission -> permission.allows(request, who));
        assertThat(List.of(yes.and(no), no.and(yes), no.and(no), no.or(no), yes.not()))
                .noneMatch(permission -> permission.allows(request, who));
    }

    @Test
    void operands_on_the_right_are_not_asked_in_vain() {
        Permission never = (r, w) -> {
            throw new AssertionError("asked");
        };

        assertThat(StandardPermissions.denyAll().and(never).allows(request, who))
                .isFalse();
        assertThat(StandardPermissions.allowAny().or(never).allows(request, who))
                .isTrue();
    }

    @Test
    void one_side_of_or_must_grant_both_the_request_and_the_object() {
        Permission requestOnly = new Leaf(true, false);
        Permission objectOnly = new Leaf(false, true);

        assertThat(requestOnly.or(objectOnly).allowsObject(request, who, "x")).isFalse();
        assertThat(objectOnly.or(requestOnly).allowsObject(request, who, "x")).isFalse();
        assertThat(requestOnly.or(new Leaf(true, true)).allowsObject(request, who, "x"))
                .isTrue();
    }

    @Test
    void not_negates_each_level_by_itself() {
        Permission requestsOnly = (r, w) -> false;

        assertThat(requestsOnly.not().allows(request, who)).isTrue();
        assertThat(requestsOnly.not().allowsObject(request, who, "x")).isFalse();
    }

    @Test
    void composites_lose_the_messages_of_their_parts() {
        Permission worded = StandardPermissions.denyAll().withMessage("Words.", "code");

        assertThat(worded.denial(request, who)).isEqualTo(Denial.permissionDenied("Words.", "code"));
        assertThat(worded.objectDenial(request, who, "x")).isEqualTo(Denial.permissionDenied("Words.", "code"));
        assertThat(worded.and(worded).denial(request, who)).isEqualTo(Denial.permissionDenied());
        assertThat(worded.or(worded).denial(request, who)).isEqualTo(Denial.permissionDenied());
        assertThat(worded.not().denial(request, who)).isEqualTo(Denial.permissionDenied());
    }

    @Test
    void a_message_changes_no_decision() {
        Permission leaf = new Leaf(true, false).withMessage("Words.", "code");

        assertThat(leaf.allows(request, who)).isTrue();
        assertThat(leaf.allowsObject(request, who, "x")).isFalse();
        assertThat(new Leaf(false, true).withMessage("Words.", "code").allowsObject(request, who, "x"))
                .isTrue();
    }

    @Test
    void equal_composites_are_equal() {
        Permission one = StandardPermissions.isAdmin().and(StandardPermissions.isReadOnly());
        Permission two = StandardPermissions.isAdmin().and(StandardPermissions.isReadOnly());

        assertThat(one).isEqualTo(two).hasSameHashCodeAs(two);
        assertThat(one).isNotEqualTo(StandardPermissions.isReadOnly().and(StandardPermissions.isAdmin()));
        assertThat(one).isNotEqualTo(StandardPermissions.isAdmin().or(StandardPermissions.isReadOnly()));
    }

    private static Expression random(Random random, int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(4);
        return switch (kind) {
            case 1 -> new Expression('&', 0, random(random, depth - 1), random(random, depth - 1));
            case 2 -> new Expression('|', 0, random(random, depth - 1), random(random, depth - 1));
            case 3 -> new Expression('!', 0, random(random, depth - 1), null);
            default -> new Expression('x', random.nextInt(LEAVES), null, null);
        };
    }

    private record Leaf(boolean request, boolean object) implements Permission {

        @Override
        public boolean allows(AuthRequest asked, Authentication authentication) {
            return request;
        }

        @Override
        public boolean allowsObject(AuthRequest asked, Authentication authentication, Object thing) {
            return object;
        }
    }

    /** A world has two bits for each leaf: whether it grants the request, and whether the object. */
    private record Expression(char kind, int leaf, Expression left, Expression right) {

        Permission permissions(int world) {
            return switch (kind) {
                case '&' -> left.permissions(world).and(right.permissions(world));
                case '|' -> left.permissions(world).or(right.permissions(world));
                case '!' -> left.permissions(world).not();
                default -> new Leaf(allows(world), allowsObject(world));
            };
        }

        boolean allows(int world) {
            return switch (kind) {
                case '&' -> left.allows(world) && right.allows(world);
                case '|' -> left.allows(world) || right.allows(world);
                case '!' -> !left.allows(world);
                default -> ((world >> (2 * leaf)) & 1) == 1;
            };
        }

        boolean allowsObject(int world) {
            return switch (kind) {
                case '&' -> left.allowsObject(world) && right.allowsObject(world);
                case '|' ->
                    (left.allows(world) && left.allowsObject(world))
                            || (right.allows(world) && right.allowsObject(world));
                case '!' -> !left.allowsObject(world);
                default -> ((world >> (2 * leaf + 1)) & 1) == 1;
            };
        }

        @Override
        public String toString() {
            return switch (kind) {
                case 'x' -> "x" + leaf;
                case '!' -> "!" + left;
                default -> "(" + left + kind + right + ")";
            };
        }
    }
}
