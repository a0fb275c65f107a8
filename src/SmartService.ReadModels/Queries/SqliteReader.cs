using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Queries;

internal sealed class SqliteReader(IDbContextFactory<ReadModelContext> contexts, IReadModelStore store, ReadModelOptions options) : IReadModelReader
{
    private volatile bool _isOpen;

    public async ValueTask<ReadModelContext> OpenAsync(CancellationToken ct)
    {
        EnsureOpen();
        var context = await contexts.CreateDbContextAsync(ct);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }

    /// <remarks>Without EF Core: its model costs a second of processor time, which a server that starts again in the middle of a peak does not have.</remarks>
    public async ValueTask<List<TenantEntry>> TenantsAsync(string? after, int most, CancellationToken ct)
    {
        EnsureOpen();
        await using var connection = new SqliteConnection(ReadModelDatabase.ConnectionString(options));
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, name, locale, created_at FROM tenants WHERE $after IS NULL OR id > $after ORDER BY id LIMIT $most";
        command.Parameters.AddWithValue("$after", (object?)after ?? DBNull.Value);
        command.Parameters.AddWithValue("$most", most);
        var tenants = new List<TenantEntry>();
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            tenants.Add(new() { Id = rows.GetString(0), Name = rows.GetString(1), Locale = rows.GetString(2), CreatedAt = rows.GetInt64(3) });
        }

        return tenants;
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

    private void EnsureOpen()
    {
        if (!_isOpen)
        {
            store.EnsureOpen();
            _isOpen = true;
        }
    }

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
