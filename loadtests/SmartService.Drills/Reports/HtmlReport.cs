using System.Globalization;
using System.Net;
using System.Text;
using SmartService.Drills.Measuring;

namespace SmartService.Drills.Reports;

/// <summary>A drill's report as one page that can be sent to somebody: it asks for nothing from outside.</summary>
internal static class HtmlReport
{
    private const string Style = """
        :root{--ink:#16202a;--soft:#5b6975;--line:#dde3e8;--page:#f5f7f9;--card:#fff;--good:#0a7d46;--bad:#c22f2f;--void:#9a6a00;--a:#0b62d6;--b:#e07a10;--c:#a02bb4}
        @media (prefers-color-scheme:dark){:root{--ink:#e8edf1;--soft:#9aa8b4;--line:#2c3741;--page:#11171c;--card:#1a222a;--good:#44c58a;--bad:#ff7b72;--void:#e3b341;--a:#6cb0ff;--b:#f5a54a;--c:#d98cea}}
        *{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
        main{max-width:1080px;margin:0 auto;padding:32px 20px 64px}h1{font-size:28px;line-height:1.25;margin:0 0 4px}h2{font-size:17px;margin:0 0 12px}
        .question{font-size:18px;color:var(--soft);margin:0 0 20px}.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:18px 20px;margin:0 0 16px}
        .verdict{display:flex;gap:14px;align-items:baseline;border-left:6px solid}.verdict b{font-size:22px;text-transform:uppercase;letter-spacing:.04em}
        .passed{border-left-color:var(--good)}.passed b{color:var(--good)}.failed{border-left-color:var(--bad)}.failed b{color:var(--bad)}.void{border-left-color:var(--void)}.void b{color:var(--void)}
        ul{margin:0;padding-left:18px}.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(220px,1fr));gap:12px;margin:0 0 16px}
        .tile{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:12px 16px}.tile span{display:block;color:var(--soft);font-size:13px}.tile b{font-size:22px;font-variant-numeric:tabular-nums}
        .wide{overflow-x:auto}table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}th{font-weight:600;text-align:left;color:var(--soft);font-size:13px}
        th,td{padding:7px 10px 7px 0;border-bottom:1px solid var(--line)}tr:last-child td{border-bottom:0}td.n,th.n{text-align:right}.ok{color:var(--good);font-weight:600}.no{color:var(--bad);font-weight:600}
        svg{width:100%;height:auto;display:block}.grid{stroke:var(--line)}.tick{fill:var(--soft);font-size:12px}.line{fill:none;stroke-width:2;stroke-linejoin:round}
        .a{stroke:var(--a)}.b{stroke:var(--b)}.c{stroke:var(--c)}.p{stroke:var(--soft);stroke-dasharray:5 4}.mark{fill:var(--bad);opacity:.16}.marked{fill:var(--bad);font-size:12px;font-weight:600}
        .key{display:flex;flex-wrap:wrap;gap:4px 18px;color:var(--soft);font-size:13px;margin:0 0 6px}.key i{display:inline-block;width:18px;height:0;border-top:3px solid;margin-right:6px;vertical-align:middle}
        .key .a{border-color:var(--a)}.key .b{border-color:var(--b)}.key .c{border-color:var(--c)}.key .p{border-color:var(--soft);border-top-style:dashed}
        footer{color:var(--soft);font-size:13px}
        """;

    public static string Write(DrillReport r)
    {
        var html = new StringBuilder();
        html.Append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
        html.Append(CultureInfo.InvariantCulture, $"<title>{Text(r.Name)} – {Text(r.Verdict)}</title><style>{Style}</style><main>");
        html.Append(CultureInfo.InvariantCulture, $"<h1>{Text(r.Name)}</h1><p class=\"question\">{Text(r.Question)}</p>");
        Verdict(html, r);
        Tiles(html, r);
        Objectives(html, r);
        Charts(html, r);
        Steps(html, r);
        Faults(html, r);
        Phases(html, r);
        Discrepancies(html, r);
        Footer(html, r);
        return html.Append("</main></html>\n").ToString();
    }

    private static void Verdict(StringBuilder html, DrillReport r)
    {
        html.Append(CultureInfo.InvariantCulture, $"<section class=\"card verdict {r.Verdict}\"><b>{Text(r.Verdict)}</b><div>");
        if (r.Reasons.Count == 0)
        {
            html.Append("Every objective is met, and every acknowledged message is there: once, and in its place.");
        }
        else
        {
            html.Append("<ul>").AppendJoin("", r.Reasons.Select(x => $"<li>{Text(x)}</li>")).Append("</ul>");
        }

        html.Append("</div></section>");
    }

    private static void Tiles(StringBuilder html, DrillReport r)
    {
        html.Append("<div class=\"tiles\">");
        Tile("messages sent", Number(r.Sent));
        Tile("acknowledged", Number(r.Acknowledged));
        Tile("per second", Number(r.PerSecond));
        Tile("acknowledged, p50", Milliseconds(r.AckP50Ms));
        Tile("acknowledged, p99", Milliseconds(r.AckP99Ms));
        Tile("pushed, p99", Milliseconds(r.PushP99Ms));
        Tile("server CPU per message", r.CpuMicrosPerMessage is { } cpu ? Number(cpu) + " µs" : "–");
        Tile("lost / doubled / reordered", $"{Number(r.Lost)} / {Number(r.Doubled)} / {Number(r.Reordered)}");
        if (r.QuietP99BeforeMs is { } before && r.QuietP99DuringMs is { } during)
        {
            Tile("the other merchants, p99 before / beside the noisy one", $"{Milliseconds(before)} / {Milliseconds(during)}");
        }

        if (r.PeakPerSecond is { } peak && r.GoodputPerSecond is { } goodput)
        {
            Tile("per second, at the peak / under overload", $"{Number(peak)} / {Number(goodput)}");
            Tile("refusals, p50 / p99", $"{Milliseconds(r.RefusalP50Ms)} / {Milliseconds(r.RefusalP99Ms)}");
        }

        if (r is { FirstTenth: { } first, LastTenth: { } last })
        {
            Tile("p99, first / last tenth", $"{Milliseconds(first.AckP99Ms)} / {Milliseconds(last.AckP99Ms)}");
            Tile("server CPU per message, first / last tenth", $"{Or(first.CpuMicrosPerMessage)} / {Or(last.CpuMicrosPerMessage)} µs");
            Tile("server memory, first / last tenth", $"{Or(first.ResidentMegabytes)} / {Or(last.ResidentMegabytes)} MB");
            Tile("files per message, first / last tenth", $"{Or(first.DataBytesPerMessage)} / {Or(last.DataBytesPerMessage)} B");
        }

        html.Append("</div>");

        static string Or(double? value) => value is { } v ? Number(v) : "–";

        void Tile(string what, string value) => html.Append(CultureInfo.InvariantCulture, $"<div class=\"tile\"><span>{what}</span><b>{value}</b></div>");
    }

    private static void Objectives(StringBuilder html, DrillReport r)
    {
        html.Append("<section class=\"card wide\"><h2>Objectives</h2><table><tr><th>objective<th class=\"n\">wanted<th class=\"n\">measured<th>");
        foreach (var o in r.Objectives)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(o.Says)}<td class=\"n\">{(o.AtLeast ? "≥" : "≤")} {Number(o.Limit)} {o.Unit}");
            html.Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{(o.Measured is { } m ? $"{Number(m)} {o.Unit}" : "not measured")}<td class=\"{(o.Met ? "ok" : "no")}\">{(o.Met ? "met" : "not met")}");
        }

        html.Append("</table></section>");
    }

    private static void Charts(StringBuilder html, DrillReport r)
    {
        var marks = r.Faults.Select(f => new Mark(f.Fault, f.Second, f.DownMs is { } down ? down / 1000 : f.Seconds)).ToList();
        Card("Messages per second", "/s", false, [
            Of("sent", "a", s => s.Sent), Of("acknowledged", "b", s => s.Acknowledged), Of("refused for now", "c", s => s.Refused),
            Of("new consultations planned", "p", s => s.Planned)]);
        Card("Latency of acknowledgements, from the moment each should have been sent (logarithmic)", "ms", true, [
            Of("p50", "a", s => s.Acknowledged > 0 ? s.P50Ms : null), Of("p99", "b", s => s.Acknowledged > 0 ? s.P99Ms : null),
            Of("p99.9", "c", s => s.Acknowledged > 0 ? s.P999Ms : null), Of("push p99", "p", s => s.PushP99Ms > 0 ? s.PushP99Ms : null)]);
        if (r.Series.Any(s => s.Cores is not null))
        {
            Card("Server CPU per message", "µs", false, [Of("µs per message", "a", s => s.CpuMicrosPerMessage)]);
            Card("Server CPU", "cores", false, [Of("cores busy", "b", s => s.Cores)]);
        }

        if (r.Series.Any(s => s.ResidentMegabytes is not null))
        {
            Card("Server memory", "MB", false, [Of("resident", "a", s => s.ResidentMegabytes)]);
        }

        if (r.Series.Any(s => s.DataMegabytes is not null))
        {
            Card("Server files", "MB", false, [Of("data", "c", s => s.DataMegabytes)]);
        }

        Line Of(string name, string style, Func<SecondFigures, double?> of) => new(name, style, [.. r.Series.Select(s => ((double)s.Second, of(s)))]);

        void Card(string title, string unit, bool logarithmic, IReadOnlyList<Line> lines)
        {
            html.Append(CultureInfo.InvariantCulture, $"<section class=\"card\"><h2>{title}</h2><div class=\"key\">");
            html.AppendJoin("", lines.Select(l => $"<span><i class=\"{l.Style}\"></i>{Text(l.Name)}</span>"));
            html.Append("</div>").Append(Chart.Draw(unit, lines, marks, logarithmic)).Append("</section>");
        }
    }

    private static void Steps(StringBuilder html, DrillReport r)
    {
        html.Append("<section class=\"card wide\"><h2>Steps</h2><table><tr><th>step<th class=\"n\">answered<th class=\"n\">failed<th class=\"n\">p50<th class=\"n\">p99<th class=\"n\">max");
        foreach (var s in r.Steps)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(s.Step)}<td class=\"n\">{Number(s.Answered)}<td class=\"n\">{Number(s.Failed)}<td class=\"n\">{Milliseconds(s.P50Ms)}<td class=\"n\">{Milliseconds(s.P99Ms)}<td class=\"n\">{Milliseconds(s.MaxMs)}");
        }

        html.Append("</table></section>");
    }

    private static void Faults(StringBuilder html, DrillReport r)
    {
        if (r.Faults.Count == 0)
        {
            return;
        }

        html.Append("<section class=\"card wide\"><h2>Faults</h2><table><tr><th>fault<th class=\"n\">at<th class=\"n\">until ready again");
        foreach (var f in r.Faults)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(f.Fault)}<td class=\"n\">{f.Second:0.0} s<td class=\"n\">{(f.DownMs is { } down ? Milliseconds(down) : "–")}");
        }

        html.Append("</table></section>");
    }

    private static void Phases(StringBuilder html, DrillReport r)
    {
        if (r.Driver.Phases.Count == 0)
        {
            return;
        }

        html.Append("<section class=\"card wide\"><h2>What the driver itself took</h2><table><tr><th>while<th class=\"n\">lasted<th class=\"n\">its processor time");
        foreach (var p in r.Driver.Phases)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(p.Phase)}<td class=\"n\">{p.Seconds:0.0} s<td class=\"n\">{p.CpuSeconds:0.0} s");
        }

        html.Append("</table></section>");
    }

    private static void Discrepancies(StringBuilder html, DrillReport r)
    {
        if (r.Discrepancies.Count > 0)
        {
            html.Append("<section class=\"card\"><h2>What is wrong with which message</h2><ul>")
                .AppendJoin("", r.Discrepancies.Select(d => $"<li>{Text(d)}</li>")).Append("</ul></section>");
        }
    }

    private static void Footer(StringBuilder html, DrillReport r)
    {
        var d = r.Driver;
        html.Append(CultureInfo.InvariantCulture, $"<footer>{r.StartedAt:yyyy-MM-dd HH:mm} UTC · {r.Seconds:0} s measured{(r is { WarmUpSeconds: { } warmed, WarmUpPerSecond: { } rate } ? string.Create(CultureInfo.InvariantCulture, $" after {warmed:0.#} s at {Number(rate)} consultations/s") : "")} · scale {r.Scale:0.####}, time {r.TimeScale:0.####} · seed {r.Seed} · {Number(r.Consultations)} consultations · ");
        html.Append(CultureInfo.InvariantCulture, $"{Text(r.Server.Machine)}, {r.Server.Cores} cores shared by driver and server · driver: schedule slip p99 {d.SlipP99Ms:0.###} ms, wake-up p99 {d.WakeP99Ms:0.###} ms, ");
        html.Append(CultureInfo.InvariantCulture, $"{d.CpuSeconds:0.0} CPU s{(d.CpuMicrosPerMessage is { } each ? $" ({Number(each)} µs a message)" : "")}, {Number(d.ConnectionsOpened)} of at most {Number(d.Connections)} connections, {Number(d.WaitedForConnection)} steps waited for one · {Number(r.Resent)} resent, {Number(r.Refused)} refused for now · ");
        html.Append(CultureInfo.InvariantCulture, $"{Number(r.Pushes)} pushes, {Number(r.PushesDoubled)} doubled, {Number(r.PushesMissed)} missed</footer>");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 100 || value == Math.Floor(value) ? "N0" : "0.##", CultureInfo.InvariantCulture);

    private static string Milliseconds(double? value) => value is { } v ? (v >= 1000 ? Number(v / 1000) + " s" : Number(v) + " ms") : "–";
}
