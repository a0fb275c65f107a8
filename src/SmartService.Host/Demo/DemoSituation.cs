namespace SmartService.Host.Demo;

/// <summary>A customer in a telling situation, as situations.json tells it; times are relative to the moment someone walks in.</summary>
internal sealed record DemoSituation(
    string Id, string Title, string Story, DemoCustomer Customer, IReadOnlyList<DemoOrder> Orders, IReadOnlyList<DemoVisit> Visits,
    IReadOnlyList<DemoStep> Next, IReadOnlyList<DemoCartLine> Cart, double VisitsEarlierMinutes, string ExpectedIntent);

internal sealed record DemoCartLine(string Product, string Options);

internal sealed record DemoCustomer(string Id, string Name, string Tier);

internal sealed record DemoStep(string Page, string? Product, string? Policy);

internal sealed record DemoVisit(string Page, string? Product, string? Policy, double MinutesAgo, int DwellSeconds, string? Error);

internal sealed record DemoOrder(
    string Number, double PlacedDaysAgo, IReadOnlyList<DemoLine> Lines, DemoPayment Payment, DemoRefund? Refund, DemoParcel? Parcel);

internal sealed record DemoLine(string Product, int Quantity, decimal UnitPrice, string? Options);

internal sealed record DemoPayment(string Method, string Status, int Failures);

internal sealed record DemoRefund(decimal Amount, double RequestedDaysAgo, double DueInDays);

internal sealed record DemoParcel(
    string Carrier, string Number, double PromisedInDays, double? EtaInDays, bool Delivered, IReadOnlyList<DemoCheckpoint> Checkpoints);

internal sealed record DemoCheckpoint(double HoursAgo, string? Place, string Status, string? Note);
