using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace SmartService.Domain.Tests;

/// <summary>Runs a property over generated values: a hundred, or as many as <c>SMARTSERVICE_PROPERTY_CASES</c> says; a failure names the smallest value found and the seed.</summary>
internal static partial class Properties
{
    public static readonly Config Config = FsCheck.Config.QuickThrowOnFailure.WithMaxTest(int.Parse(
        Environment.GetEnvironmentVariable("SMARTSERVICE_PROPERTY_CASES") ?? "100", CultureInfo.InvariantCulture));

    public static void Holds<T>(Gen<T> values, Action<T> property) =>
        Check.One(Config, Prop.ForAll(values.ToArbitrary(), value =>
        {
            property(value);
            return true;
        }));
}
