using SmartService.Domain;

namespace SmartService.Gateway.Faults;

/// <summary>The domain's faults of fields, as callers read them.</summary>
internal static class DomainFaults
{
    public static IEnumerable<Fault> ToFaults(this IEnumerable<FieldFault> faults, string prefix = "", int? line = null) =>
        faults.Select(f => new Fault(prefix + f.Field, f.Message, line));
}
