using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Merchants;

namespace SmartService.Gateway.Tests.Merchants;

public sealed class VisitBulkTests
{
    /// <summary>Customers of an import are not there: they must not stay in memory as if they were.</summary>
    [Fact]
    public async Task Import_CallsCustomersInPassing()
    {
        var customers = new NotedCustomers();
        var lines = Enumerable.Range(0, 200).Select(i => $$"""{"customer":"c{{i % 3}}","id":"visit-{{i:0000}}","session":"session-1","at":"2026-03-01T12:00:00Z","page":"home"}""");
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        var caller = new Caller(CallerScope.Secret, new("shop"), default, "key", null, identified: true);

        var answer = await VisitBulk.ImportAsync(context, caller, customers, TimeProvider.System, CancellationToken.None);

        answer.Result.ShouldBeOfType<Ok<BulkAnswer>>();
        customers.InPassing.Select(key => key.Id).Distinct().Order().ShouldBe(["c0", "c1", "c2"]);
    }

    private sealed class NotedCustomers : ICustomers
    {
        private readonly List<EntityKey> _inPassing = [];

        public IReadOnlyList<EntityKey> InPassing => _inPassing;

        public ValueTask<Reply<CustomerEvent, CustomerRefusal>> HandleInPassingAsync(EntityKey key, CustomerCommand command, CancellationToken ct)
        {
            lock (_inPassing)
            {
                _inPassing.Add(key);
            }

            return new(new Reply<CustomerEvent, CustomerRefusal>(1, [], null));
        }

        public ValueTask<Reply<CustomerEvent, CustomerRefusal>> HandleAsync(EntityKey key, CustomerCommand command, CancellationToken ct) =>
            throw new InvalidOperationException("Called as if the customer were there.");

        public ValueTask<CustomerState> ReadAsync(EntityKey key, CancellationToken ct) => throw new InvalidOperationException("Nothing is to be read.");
    }
}
