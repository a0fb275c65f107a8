using System.Globalization;
using FsCheck;

namespace SmartService.Domain.Tests;

/// <summary>How properties are tried: each with a hundred generated values, or as many as <c>SMARTSERVICE_PROPERTY_CASES</c> says.</summary>
internal static class PropertyRun
{
    public static readonly Config Config = FsCheck.Config.QuickThrowOnFailure.WithMaxTest(int.Parse(
        Environment.GetEnvironmentVariable("SMARTSERVICE_PROPERTY_CASES") ?? "100", CultureInfo.InvariantCulture));
}
