package io.postern.auth.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What users of a module can see: members that are public or protected, of types that are so all the way out. */
public record PublicSurface(Set<String> packages, List<JavaClass> types) {

    public static PublicSurface of(JavaClasses classes) {
        Set<String> packages = exportedBy(moduleOf(classes.iterator().next()));
        return new PublicSurface(
                packages,
                classes.stream()
                        .filter(type -> packages.contains(type.getPackageName()) && isVisible(type))
                        .toList());
    }

    public List<String> topLevelTypes(String packageName) {
        return types.stream()
                .filter(type -> type.isTopLevelClass() && type.getPackageName().equals(packageName))
                .map(JavaClass::getSimpleName)
                .toList();
    }

    /** The types and members whose declaration names a type with such a name. */
    public List<String> mentioning(String prefix) {
        Predicate<JavaClass> meant =
                type -> type.getBaseComponentType().getName().startsWith(prefix);
        Stream<String> parents =
                types.stream().filter(type -> parentsOf(type).anyMatch(meant)).map(JavaClass::getFullName);
        Stream<String> members = types.stream()
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(PublicSurface::isVisible)
                .filter(unit -> typesOf(unit).anyMatch(meant))
                .map(JavaMember::getFullName);
        return Stream.concat(parents, members).toList();
    }

    public List<String> variables() {
        return types.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> isVisible(field) && !isConstant(field))
                .map(JavaField::getFullName)
                .toList();
    }

    private static Stream<JavaClass> parentsOf(JavaClass type) {
        return Stream.concat(
                type.getSuperclass().stream().flatMap(parent -> parent.getAllInvolvedRawTypes().stream()),
                type.getInterfaces().stream().flatMap(parent -> parent.getAllInvolvedRawTypes().stream()));
    }

    private static Stream<JavaClass> typesOf(JavaCodeUnit unit) {
        Stream<JavaClass> taken =
                unit.getParameterTypes().stream().flatMap(type -> type.getAllInvolvedRawTypes().stream());
        Stream<JavaClass> thrown = unit.getExceptionTypes().stream();
        Stream<JavaClass> bounds =
                unit.getTypeParameters().stream().flatMap(parameter -> parameter.getAllInvolvedRawTypes().stream());
        return Stream.of(unit.getReturnType().getAllInvolvedRawTypes().stream(), taken, thrown, bounds)
                .flatMap(types -> types);
    }

    private static boolean isVisible(JavaClass type) {
        return !type.isAnonymousClass()
                && !type.isLocalClass()
                && isShown(type.getModifiers())
                && type.getEnclosingClass().map(PublicSurface::isVisible).orElse(true);
    }

    private static boolean isVisible(JavaMember member) {
        return isShown(member.getModifiers()) && !member.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static boolean isConstant(JavaField field) {
        return field.getModifiers().containsAll(Set.of(JavaModifier.STATIC, JavaModifier.FINAL));
    }

    private static boolean isShown(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Set<String> exportedBy(ModuleDescriptor module) {
        return module.exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
    }

    /** The descriptor in the directory or jar from which the class was read. */
    private static ModuleDescriptor moduleOf(JavaClass type) {
        String path = type.getName().replace('.', '/') + ".class";
        String source = type.getSource().orElseThrow().getUri().toString();
        URI descriptor = URI.create(source.replace(path, "module-info.class"));
        try (InputStream in = descriptor.toURL().openStream()) {
            return ModuleDescriptor.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
