using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SmartService.Drills.Shoppers;

namespace SmartService.LoadTests;

/// <summary>Sends steps with HttpClient, and sends again, with the same ids, what was swallowed or refused for now.</summary>
internal sealed class StepSender(HttpClient http, Uri address, TimeSpan patience)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <returns>The status (0: never answered), bytes of the answer, and the number the server gave the message.</returns>
    public async Task<(int Status, int Bytes, int Number)> SendAsync(StepRequest step)
    {
        var clock = Stopwatch.StartNew();
        var status = 0;
        while (clock.Elapsed < patience)
        {
            var wait = Pause;
            try
            {
                using var request = new HttpRequestMessage(new HttpMethod(step.Method), new Uri(address, step.Path));
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", step.Token);
                request.Content = step.Body is { } body ? new StringContent(body, Encoding.UTF8, body.EndsWith('\n') ? "application/x-ndjson" : "application/json") : null;
                using var response = await http.SendAsync(request);
                var answer = await response.Content.ReadAsByteArrayAsync();
                status = (int)response.StatusCode;
                if (status is not (429 or 502 or 503 or 504)) // 502, 504: a proxy lost the server behind it.
                {
                    return (status, answer.Length, response.IsSuccessStatusCode ? NumberIn(answer) : 0);
                }

                wait = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Whether the server did it is not known; the same id makes asking again safe.
                status = 0;
            }

            await Task.Delay(wait);
        }

        return (status, 0, 0);
    }

    private static int NumberIn(byte[] answer)
    {
        if (answer.Length == 0)
        {
            return 0;
        }

        using var json = JsonDocument.Parse(answer);
        return json.RootElement.TryGetProperty("number", out var number) ? number.GetInt32() : 0;
    }
}
