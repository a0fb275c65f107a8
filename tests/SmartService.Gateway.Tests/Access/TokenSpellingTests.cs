using System.Buffers.Text;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SmartService.Domain;
using SmartService.Domain.Tenants;
using SmartService.Gateway.Access;
using SmartService.Gateway.Tests.World;

namespace SmartService.Gateway.Tests.Access;

[Collection(SharedServer.Name)]
public class TokenSpellingTests(GatewayServer server)
{
    [Fact]
    public void Token_HasOneSpelling()
    {
        var tokens = server.Services.GetRequiredService<ShopperTokens>();
        var token = tokens.Issue(new("shop"), new CustomerId("ada"), identified: false).Token;
        tokens.Read(token).ShouldNotBeNull();
        foreach (var other in new[] { token + "\n", token + " ", token + "=", token.Insert(8, " "), token.Insert(token.Length - 3, "\r\n"), token[..^1] + "!" })
        {
            tokens.Read(other).ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"alg\":\"\\udfff\"}")]
    public async Task Jwt_WithHalfACharacter_IsRefusedWithAReason(string header)
    {
        var jwt = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString("{}"u8)}.AAAA";
        var (customer, reason) = await server.Services.GetRequiredService<MerchantTokens>().CheckAsync(new("shop"), TenantState.Absent, jwt);
        customer.ShouldBeNull();
        reason.ShouldNotBeEmpty();
    }
}
