using System.Collections.Immutable;
using SmartService.Domain.Orders;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Merchants;

/// <summary>From orders on the wire to the domain's commands. Faults carry the path of the field.</summary>
internal static class OrderReading
{
    private const decimal MaxMoney = 1_000_000_000_000m;

    public static OrderCommand.Place Place(Checks checks, OrderRequest r, DateTimeOffset now)
    {
        checks.MerchantId("customer", r.Customer);
        checks.Must(r.Lines is { Count: >= 1 and <= OrderState.MaxLines }, "lines", "1 to 500 lines");
        var lines = (r.Lines ?? []).Take(OrderState.MaxLines).Select((line, i) => Line(checks, $"lines[{i}].", line)).ToImmutableArray();
        var total = Money(checks, "total", r.Total);
        checks.Must(r.Currency is { Length: 3 } && r.Currency.All(char.IsAsciiLetterUpper), "currency", "an ISO 4217 code such as KRW");
        var placedAt = checks.Needed("placedAt", r.PlacedAt);
        return new(new(r.Customer ?? ""), lines, total, r.Currency ?? "", placedAt.ToUniversalTime(), r.PromisedAt?.ToUniversalTime(), now);
    }

    public static OrderCommand.NotePayment Payment(Checks checks, string path, PaymentRequest r, DateTimeOffset now)
    {
        checks.ClientId(path + "operationId", r.OperationId);
        var state = checks.Needed(path + "state", r.State);
        checks.OptionalText(path + "method", r.Method, 100);
        return new(r.OperationId!, state, r.Method, now);
    }

    public static OrderCommand.Ship Shipment(Checks checks, string path, ShipmentRequest r, DateTimeOffset now)
    {
        checks.Text(path + "carrier", r.Carrier, 100);
        checks.Text(path + "number", r.Number, 100);
        return new(r.Carrier!, r.Number!, r.PromisedAt?.ToUniversalTime(), r.Eta?.ToUniversalTime(), now);
    }

    public static OrderCommand.NoteCheckpoints Checkpoints(Checks checks, IReadOnlyList<CheckpointRequest?>? list, DateTimeOffset now)
    {
        checks.Must(list is { Count: >= 1 and <= OrderState.MaxCheckpoints }, "checkpoints", "1 to 1,000 checkpoints");
        return new([.. (list ?? []).Take(OrderState.MaxCheckpoints).Select((c, i) => Checkpoint(checks, $"checkpoints[{i}].", c))], now);
    }

    private static Checkpoint Checkpoint(Checks checks, string path, CheckpointRequest? c)
    {
        if (c is null)
        {
            checks.Add(path.TrimEnd('.'), "is missing");
            return new("", default, default);
        }

        checks.MerchantId(path + "id", c.Id);
        var at = checks.Needed(path + "at", c.At);
        var status = checks.Needed(path + "status", c.Status);
        checks.OptionalText(path + "place", c.Place, 200);
        checks.OptionalText(path + "note", c.Note, 500);
        return new(c.Id ?? "", at.ToUniversalTime(), status, c.Place, c.Note, c.Eta?.ToUniversalTime());
    }

    private static OrderLine Line(Checks checks, string path, LineRequest? line)
    {
        if (line is null)
        {
            checks.Add(path.TrimEnd('.'), "is missing");
            return new("", "", 0, 0);
        }

        checks.MerchantId(path + "product", line.Product);
        checks.Text(path + "name", line.Name, 300);
        checks.Must(line.Quantity is >= 1 and <= 100_000, path + "quantity", "1 to 100,000");
        checks.OptionalText(path + "options", line.Options, 200);
        return new(line.Product ?? "", line.Name ?? "", line.Quantity ?? 0, Money(checks, path + "unitPrice", line.UnitPrice), line.Options);
    }

    public static decimal Money(Checks checks, string field, decimal? amount)
    {
        checks.Must(amount is >= 0 and <= MaxMoney, field, "0 or more, a number");
        return amount ?? 0;
    }
}
