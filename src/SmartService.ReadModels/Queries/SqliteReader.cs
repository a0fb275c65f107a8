using Microsoft.EntityFrameworkCore;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Queries;

internal sealed class SqliteReader(IDbContextFactory<ReadModelContext> contexts, IReadModelStore store) : IReadModelReader
{
    private volatile bool _isOpen;

    public async ValueTask<ReadModelContext> OpenAsync(CancellationToken ct)
    {
        if (!_isOpen)
        {
            store.EnsureOpen();
            _isOpen = true;
        }

        var context = await contexts.CreateDbContextAsync(ct);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }

    public IQueryable<QuestionEntry> Questions(ReadModelContext context, string tenant, string? customer, SearchText? search)
    {
        var source = Of(context, tenant, customer, search?.Match).Where(question => question.Tenant == tenant);
        foreach (var like in search?.Likes ?? [])
        {
            source = source.Where(question => EF.Functions.Like(question.Text, like, "\\") || EF.Functions.Like(question.Answer!, like, "\\"));
        }

        return source;
    }

    /// <remarks>Where in the journal's order they lie comes first, so that only that part of an index is read.</remarks>
    public IQueryable<QuestionEntry> AskedWithin(ReadModelContext context, IQueryable<QuestionEntry> questions, long? from, long? to)
    {
        if (from is { } start)
        {
            var first = context.Database.SqlQuery<long>($"SELECT min(first) AS Value FROM hours WHERE hour >= {HourTable.Of(start)}");
            questions = questions.Where(question => question.Position >= first.First() && question.At >= start);
        }

        if (to is { } end)
        {
            var last = context.Database.SqlQuery<long>($"SELECT max(last) AS Value FROM hours WHERE hour <= {HourTable.Of(end)}");
            questions = questions.Where(question => question.Position <= last.First() && question.At < end);
        }

        return questions;
    }

    public IQueryable<CustomerEntry> Named(IQueryable<CustomerEntry> customers, string text)
    {
        var like = SearchText.LikePattern(text);
        return customers.Where(customer => EF.Functions.Like(customer.Id, like, "\\") || EF.Functions.Like(customer.Name!, like, "\\"));
    }

    public IQueryable<double> Likeliest(ReadModelContext context, string tenant, long from, long to, int most) => context.Database.SqlQuery<double>(
        $"""
         SELECT json_extract(json, '$.ranked[0].probability') AS Value FROM timeline
         WHERE tenant = {tenant} AND kind = 'customer-forecast-made' AND at >= {from} AND at < {to} AND json_extract(json, '$.ranked[0].probability') IS NOT NULL
         ORDER BY position DESC LIMIT {most}
         """);

    /// <remarks>The index has to be named: SQLite takes the questions of a customer's conversations for more than those of the tenant.</remarks>
    private static IQueryable<QuestionEntry> Of(ReadModelContext context, string tenant, string? customer, string? match) => (customer, match) switch
    {
        (null, null) => context.Questions,
        (null, _) => context.Questions.FromSql($"SELECT * FROM questions WHERE position IN (SELECT rowid FROM questions_fts WHERE questions_fts MATCH {match})"),
        (_, null) => context.Questions.FromSql(
            $"""
             SELECT * FROM questions INDEXED BY questions_number
             WHERE tenant = {tenant} AND conversation IN (SELECT id FROM conversations WHERE tenant = {tenant} AND customer = {customer})
             """),
        _ => context.Questions.FromSql(
            $"""
             SELECT * FROM questions INDEXED BY questions_number
             WHERE tenant = {tenant} AND conversation IN (SELECT id FROM conversations WHERE tenant = {tenant} AND customer = {customer})
               AND position IN (SELECT rowid FROM questions_fts WHERE questions_fts MATCH {match})
             """),
    };
}
