using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Engine;
using SmartService.Engine.Queries;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Staff;

internal static class CustomersEndpoints
{
    public static Task<Results<Ok<CustomerList>, Problem>> ListAsync(
        Caller caller, IDirectory directory, string? text, string? cursor, int? limit, CancellationToken ct) =>
        Cursors.GuardAsync(cursor, async () =>
        {
            var page = await directory.CustomersAsync(caller.Tenant, text, cursor, Paging.Limit(limit), ct);
            return new CustomerList(
                [.. page.Items.Select(c => new CustomerSummary(
                    c.Id.Value, c.Name, c.Tier, c.Locale, c.Identified, c.FirstSeen, c.LastSeen, c.Orders, c.Conversations))],
                page.Next);
        });

    public static async Task<Results<Ok<CustomerView>, Problem>> ReadAsync(
        string customer, Caller caller, ICustomers customers, TimeProvider clock, CancellationToken ct)
    {
        var state = await customers.ReadAsync(Entity.Customer(caller.Tenant, new(customer)), ct);
        return state.FirstSeen is null && !state.IsErased
            ? Problems.NotFound("No such customer")
            : TypedResults.Ok(state.ToView(customer, clock.GetUtcNow()));
    }

    public static Task<Results<Ok<TimelineList>, Problem>> TimelineAsync(
        string customer, Caller caller, ICustomers customers, IDirectory directory, string? cursor, int? limit, CancellationToken ct) =>
        Cursors.GuardAsync(cursor, async () =>
        {
            var state = await customers.ReadAsync(Entity.Customer(caller.Tenant, new(customer)), ct);
            if (state.FirstSeen is null && !state.IsErased)
            {
                throw new ProblemException(Problems.NotFound("No such customer"));
            }

            var page = await directory.TimelineAsync(caller.Tenant, new(customer), cursor, Paging.Limit(limit), ct);
            return new TimelineList([.. page.Items.Select(ToView)], page.Next);
        });

    public static TimelineView ToView(TimelineEntry e)
    {
        using var document = JsonDocument.Parse(string.IsNullOrEmpty(e.Json) ? "{}" : e.Json);
        return new(e.Position, e.At, e.Kind, e.Entity, e.Text, document.RootElement.Clone());
    }
}
