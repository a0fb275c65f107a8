using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SmartService.Backoffice.Access;
using SmartService.Gateway.Access;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Push;
using SmartService.Gateway.Tests.Access;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Backoffice;

/// <summary>Every role against every route of the table: a new route is here without a new test.</summary>
[Collection(SharedServer.Name)]
public partial class RoleMatrixTests(GatewayServer server)
{
    private sealed record Row(string Method, string Pattern, string Policy, EndpointMetadataCollection Metadata)
    {
        public Permission? Needs => Metadata.GetMetadata<Needs>()?.Permission;
    }

    private IReadOnlyList<Row> Rows => [.. server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.RoutePattern.RawText!.StartsWith("/v1", StringComparison.Ordinal))
        .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => new Row(
            m, e.RoutePattern.RawText!, e.Metadata.GetMetadata<IAuthorizeData>()!.Policy!, e.Metadata)))];

    [Fact]
    public void EveryRouteOfAStore_SaysWhatItNeeds() =>
        Rows.Where(r => r.Policy is Policies.Secret or Policies.Staff && r.Needs is null).Select(r => $"{r.Method} {r.Pattern}").ShouldBeEmpty();

    [Fact]
    public void EveryRouteThatChangesSomething_SaysWhetherItIsLogged() =>
        Rows.Where(r => r.Method is not "GET" && r.Policy is Policies.Secret or Policies.Staff or Policies.Member or Policies.Anyone)
            .Where(r => r.Method is not "GET" && r.Metadata.GetMetadata<Audited>() is null && r.Metadata.GetMetadata<NotAudited>() is null)
            .Select(r => $"{r.Method} {r.Pattern}").ShouldBeEmpty();

    [Fact]
    public void AgentKeys_MayCallWhatTheirPolicySays() =>
        Rows.Where(r => r.Policy == Policies.Staff && r.Needs is { } needs && !RoleTable.AgentKey.Contains(needs)).Select(r => $"{r.Method} {r.Pattern}").ShouldBeEmpty();

    [Theory]
    [InlineData(MemberRole.Owner)]
    [InlineData(MemberRole.Manager)]
    [InlineData(MemberRole.Reviewer)]
    [InlineData(MemberRole.Agent)]
    [InlineData(MemberRole.Analyst)]
    [InlineData(MemberRole.Reader)]
    public async Task EveryRoute_ByARole_IsAnsweredOnlyWhereTheTableSays(MemberRole role)
    {
        var store = await server.OpenStoreAsync();
        var person = await store.JoinAsync(role);
        var known = await Known.MakeAsync(store);
        foreach (var row in Rows.Where(r => r.Policy != Policies.Anyone && r.Pattern is not ("/v1/session" or "/v1/sessions" or "/v1/sessions/{session}" or "/v1/me/password")))
        {
            var allowed = row.Policy == Policies.Member || (row.Policy is Policies.Secret or Policies.Staff && row.Needs is { } needs && RoleTable.Allows(role, needs));
            if (allowed && row.Metadata.GetMetadata<StreamMetadata>() is not null)
            {
                continue; // it would be answered without an end
            }

            using var answer = await RouteTableTests.SendAsync(new(row.Method, row.Pattern, row.Policy), person.Client, known.IdOf(row.Pattern));
            await Should.NotThrowAsync(() => answer.Content.LoadIntoBufferAsync(), $"{role}: {row.Method} {row.Pattern} breaks off");
            if (allowed)
            {
                answer.StatusCode.ShouldNotBe(HttpStatusCode.Unauthorized, $"{role}: {row}");
                (answer.StatusCode == HttpStatusCode.Forbidden && await answer.CodeAsync() == "forbidden").ShouldBeFalse($"{role}: {row.Method} {row.Pattern}");
                ((int)answer.StatusCode).ShouldBeLessThan(500, $"{role}: {row.Method} {row.Pattern}");
            }
            else
            {
                answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{role}: {row.Method} {row.Pattern}");
            }
        }
    }

    [Fact]
    public async Task Table_IsAsDocumented()
    {
        var reader = await (await server.OpenStoreAsync()).JoinAsync(MemberRole.Reader);
        var roles = (await reader.Client.GetJsonAsync("/v1/roles")).GetProperty("roles").EnumerateArray()
            .ToDictionary(r => r.GetProperty("role").GetString()!, r => r.GetProperty("permissions").EnumerateArray().Select(p => p.GetString()!).ToHashSet());
        var documented = 0;
        foreach (var line in File.ReadLines(ApiPage).SkipWhile(l => !l.StartsWith("| permission | owner", StringComparison.Ordinal)).Skip(2).TakeWhile(l => l.StartsWith('|')))
        {
            var cells = line.Split('|').Select(c => c.Trim()).ToArray();
            foreach (Match permission in Word().Matches(cells[1]))
            {
                string[] order = ["owner", "manager", "reviewer", "agent", "analyst", "reader"];
                for (var i = 0; i < order.Length; i++)
                {
                    roles[order[i]].Contains(permission.Groups[1].Value).ShouldBe(cells[i + 2] == "✓", $"{permission.Value} of {order[i]}");
                }

                documented++;
            }
        }

        documented.ShouldBe(roles["owner"].Count, "every permission stands in the table");
    }

    /// <summary>A caller's file path is rewritten by deterministic builds, so the project says where its files lie.</summary>
    private static string ApiPage => Path.Combine(
        typeof(RoleMatrixTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!, "docs", "api.md");

    [GeneratedRegex(@"`([a-z]+\.[a-z]+)`")]
    private static partial Regex Word();
}
