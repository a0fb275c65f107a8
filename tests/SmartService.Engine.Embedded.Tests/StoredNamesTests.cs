using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Shouldly;
using SmartService.Domain.Tenants;
using SmartService.Engine.Journal;
using Xunit;

namespace SmartService.Engine.Embedded.Tests;

/// <summary>
/// Names and shapes of stored events, compared with stored-names.txt. A rename or a changed shape would make journals in
/// the field unreadable: give the changed event a new stored name and keep the old one. New events and new optional
/// properties are fine: set SMARTSERVICE_ACCEPT=1 to write the file anew, and read its diff.
/// </summary>
public sealed class StoredNamesTests
{
    [Fact]
    public void StoredNames_AreAsWritten()
    {
        var lines = StoredEvents.Product.OrderBy(k => k.Name, StringComparer.Ordinal).Select(k => $"{k.Name} ({k.Audience}): {Own(k.Json)}")
            .Concat(StoredEvents.Product.SelectMany(k => StoredShape.Describe(k.Json)).Distinct().Order(StringComparer.Ordinal));
        var found = string.Join('\n', lines) + "\n";
        var file = typeof(StoredNamesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "StoredNames").Value!;
        if (Environment.GetEnvironmentVariable("SMARTSERVICE_ACCEPT") == "1")
        {
            File.WriteAllText(file, found);
        }

        found.ShouldBe(File.ReadAllText(file));
    }

    [Fact]
    public void StoredNames_AreUnique() =>
        StoredEvents.Product.Select(k => k.Name).ShouldBeUnique();

    /// <summary>An event without a name could be decided, but never kept.</summary>
    [Fact]
    public void EveryEventOfTheDomain_HasAName()
    {
        var stored = StoredEvents.Product.Select(k => k.Json.Type).ToHashSet();
        var events = typeof(TenantEvent).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, DeclaringType: { IsAbstract: true } family } && type.BaseType == family
                && family.Name.EndsWith("Event", StringComparison.Ordinal))
            .ToArray();
        events.Length.ShouldBeGreaterThan(40);
        events.Where(type => !stored.Contains(type)).Select(type => type.FullName).ShouldBeEmpty();
    }

    [Fact]
    public void UnknownName_IsNamed()
    {
        var codecs = new EventCodecs(StoredEvents.Product);
        Should.Throw<UnknownEventException>(() => codecs.Named("from-the-future.v9"u8)).Name.ShouldBe("from-the-future.v9");
    }

    private static string Own(JsonTypeInfo json) => string.Join(", ", json.Properties.Select(p => p.Name));
}
