using NBomber.Contracts;
using NBomber.CSharp;
using SmartService.Drills.Checking;
using SmartService.Drills.Shoppers;
using Step = NBomber.CSharp.Step;

namespace SmartService.LoadTests;

/// <summary>One shopper's way through the shop as an NBomber scenario: each step by its name, with the drill's think times between.</summary>
internal sealed class NBomberShopper(Drills.Drill drill, Requests requests, Ledger ledger, StepSender sender)
{
    private int _next = -1;

    public async Task<IResponse> WalkAsync(IScenarioContext context)
    {
        var journey = Interlocked.Increment(ref _next);
        if (journey >= ledger.Journeys)
        {
            return Response.Ok(statusCode: "none", message: "More came than the drill planned.");
        }

        var due = 0L;
        foreach (var step in Schedule.StepsOf(drill, journey).Where(s => s.Kind != StepKind.Leave))
        {
            await Task.Delay(TimeSpan.FromTicks(step.Due - due));
            due = step.Due;
            var response = await Step.Run(step.Kind.ToString(), context, () => SendAsync(step));
            if (response.IsError)
            {
                return Response.Fail(statusCode: response.StatusCode, message: step.Kind.ToString());
            }
        }

        return Response.Ok();
    }

    private async Task<Response<object>> SendAsync(Drills.Shoppers.Step step)
    {
        if (step.IsMessage)
        {
            ledger.Sent(step.Journey, step.Turn);
        }

        var (status, bytes, number) = await sender.SendAsync(requests.For(step));
        var code = status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (status is < 200 or >= 300)
        {
            return Response.Fail(statusCode: code);
        }

        if (step.IsMessage)
        {
            ledger.Acknowledged(step.Journey, step.Turn, step.Kind == StepKind.Ask ? number : 0);
        }

        return Response.Ok(statusCode: code, sizeBytes: bytes);
    }
}
