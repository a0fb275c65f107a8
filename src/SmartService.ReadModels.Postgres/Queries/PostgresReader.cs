using Microsoft.EntityFrameworkCore;
using SmartService.ReadModels.Postgres.Storage;
using SmartService.ReadModels.Queries;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Postgres.Queries;

#pragma warning disable CA1309 // Comparisons become SQL, which compares by code point; EF translates no StringComparison.

/// <remarks>
/// A word of three letters and more is found through the index of trigrams, of any script. A shorter one ("환불", "退款") has no trigram of its own: the index
/// is of no use to it, and the tenant's questions are read through, as SQLite does.
/// </remarks>
internal sealed class PostgresReader(IDbContextFactory<PostgresReadModelContext> contexts) : IReadModelReader
{
    public async ValueTask<ReadModelContext> OpenAsync(CancellationToken ct)
    {
        var context = await contexts.CreateDbContextAsync(ct);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }

    public async ValueTask<List<TenantEntry>> TenantsAsync(string? after, int most, CancellationToken ct)
    {
        await using var context = await OpenAsync(ct);
        var tenants = after is null ? context.Tenants : context.Tenants.Where(tenant => string.Compare(tenant.Id, after) > 0);
        return await tenants.OrderBy(tenant => tenant.Id).Take(most).ToListAsync(ct);
    }

    public IQueryable<QuestionEntry> Questions(ReadModelContext context, string tenant, string? customer, SearchText? search)
    {
        var source = context.Questions.Where(question => question.Tenant == tenant);
        if (customer is not null)
        {
            source = source.Where(question => question.Customer == customer);
        }

        foreach (var word in search?.Words ?? [])
        {
            var like = SearchText.LikePattern(Folded.Of(StoredText.Of(word)!));
            source = source.Where(question => EF.Functions.Like(EF.Property<string>(question, PostgresReadModelContext.Search), like, "\\"));
        }

        return source;
    }

    public IQueryable<QuestionEntry> AskedWithin(ReadModelContext context, IQueryable<QuestionEntry> questions, long? from, long? to)
    {
        questions = from is { } start ? questions.Where(question => question.At >= start) : questions;
        return to is { } end ? questions.Where(question => question.At < end) : questions;
    }

    public IQueryable<CustomerEntry> Named(IQueryable<CustomerEntry> customers, string text)
    {
        var like = SearchText.LikePattern(StoredText.Of(text)!);
        return customers.Where(customer => EF.Functions.ILike(customer.Id, like, "\\") || EF.Functions.ILike(customer.Name!, like, "\\"));
    }

    public IQueryable<double> Likeliest(ReadModelContext context, string tenant, long from, long to, int most) => context.Database.SqlQuery<double>(
        $"""
         SELECT (NULLIF(json, '')::json -> 'ranked' -> 0 ->> 'probability')::double precision AS "Value" FROM read_models.timeline
         WHERE tenant = {tenant} AND kind = 'customer-forecast-made' AND at >= {from} AND at < {to} AND NULLIF(json, '')::json -> 'ranked' -> 0 ->> 'probability' IS NOT NULL
         ORDER BY position DESC LIMIT {most}
         """);
}
