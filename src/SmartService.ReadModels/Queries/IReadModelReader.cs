using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Queries;

/// <summary>Contexts to read with, and what each database says in its own words.</summary>
internal interface IReadModelReader
{
    /// <summary>The tables are there from the first one on; nothing it reads is tracked.</summary>
    ValueTask<ReadModelContext> OpenAsync(CancellationToken ct);

    /// <summary>Tenants in the order of their ids.</summary>
    /// <param name="after">From the next one after it on; null from the first.</param>
    /// <remarks>A server asks for them as it starts.</remarks>
    ValueTask<List<TenantEntry>> TenantsAsync(string? after, int most, CancellationToken ct);

    /// <summary>A tenant's questions.</summary>
    /// <param name="customer">Only theirs.</param>
    /// <param name="search">Only those with every word, each in the question or in its answer, in large letters or small.</param>
    IQueryable<QuestionEntry> Questions(ReadModelContext context, string tenant, string? customer, SearchText? search);

    /// <summary>Those of some questions that were asked in a span of time, UTC ticks; null where it is open.</summary>
    /// <param name="to">Before it.</param>
    IQueryable<QuestionEntry> AskedWithin(ReadModelContext context, IQueryable<QuestionEntry> questions, long? from, long? to);

    /// <summary>Customers with the text in their name or id, Latin letters large or small.</summary>
    IQueryable<CustomerEntry> Named(IQueryable<CustomerEntry> customers, string text);

    /// <summary>Probabilities of the likeliest question of each forecast, newest first.</summary>
    IQueryable<double> Likeliest(ReadModelContext context, string tenant, long from, long to, int most);
}
