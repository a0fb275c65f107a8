using System.CommandLine;

namespace SmartService.Host.Commands;

/// <summary><c>health</c>: asks a running server whether it is ready; for images without shell and curl.</summary>
internal static class HealthCommand
{
    public static Command Build()
    {
        var url = new Option<string>("--url") { Description = "The server. Default http://localhost:8080", DefaultValueFactory = _ => "http://localhost:8080" };
        var within = new Option<double>("--within") { Description = "Seconds to wait for an answer. Default 5", DefaultValueFactory = _ => 5, HelpName = "SECONDS" };
        var command = new Command("health", "Asks a running server whether it is ready: exit code 0, else 1.") { url, within };
        command.SetAction((parsed, ct) => OneLine.GuardAsync(
            Console.Error, () => AskAsync(parsed.GetValue(url)!, parsed.GetValue(within), Console.Out, ct)));
        return command;
    }

    internal static async Task<int> AskAsync(string url, double seconds, TextWriter output, CancellationToken ct)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new CommandException($"{url} is no address; one is like http://localhost:8080.");
        }

        if (!(seconds is > 0 and <= 300))
        {
            throw new CommandException("--within is more than 0 and at most 300 seconds.");
        }

        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(seconds) };
        try
        {
            using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative), ct);
            var text = await answer.Content.ReadAsStringAsync(ct);
            if (!answer.IsSuccessStatusCode)
            {
                throw new CommandException($"{address} is not ready ({(int)answer.StatusCode}): {text.ReplaceLineEndings(" ")}");
            }

            await output.WriteLineAsync("ready");
            return 0;
        }
        catch (HttpRequestException e)
        {
            throw new CommandException($"{address} does not answer: {e.Message}. Start the server, or name it with --url.");
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new CommandException($"{address} did not answer within {seconds} s.");
        }
    }
}
