using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Orders;
using SmartService.Domain.Tenants;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Tests.Faults;

public class RefusalsTests
{
    public static TheoryData<Type> Families =>
        [typeof(ConversationRefusal), typeof(CustomerRefusal), typeof(TenantRefusal), typeof(OrderRefusal), typeof(KnowledgeRefusal)];

    [Theory]
    [MemberData(nameof(Families))]
    public void Table_EveryRefusal_HasAProblem(Type family)
    {
        foreach (Enum refusal in Enum.GetValues(family))
        {
            Refusals.Has(refusal).ShouldBeTrue($"{family.Name}.{refusal} is missing in the table");
            Refusals.ToProblem(refusal).Status.ShouldBeInRange(400, 410);
            Refusals.ToProblem(refusal).Code.ShouldMatch("^[a-z_]+$");
        }
    }
}
