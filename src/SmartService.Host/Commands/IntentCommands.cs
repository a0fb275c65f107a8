using System.CommandLine;
using SmartService.Intent;

namespace SmartService.Host.Commands;

/// <summary><c>train</c> and <c>eval</c>: the models' own verbs.</summary>
internal static class IntentCommands
{
    public static Command BuildTrain() => new("train", "Trains models.") { TrainIntents(), TrainShipped(), TenantTrainingCommands.BuildTenant() };

    public static Command BuildEval() => new("eval", "Measures models.") { EvaluateIntents(), EvaluateShipped(), RetrievalCommands.Build() };

    private static Command TrainIntents()
    {
        var data = File("--data", "File or folder of TSV lines: text, tab, intent", required: true);
        var target = File("--out", "ONNX file to write", required: true);
        var outside = File("--oos", "More lines, all out of scope");
        var validation = File("--valid", "Lines to choose settings and calibrate on; without it the data is split");
        var seed = new Option<ulong>("--seed") { Description = "Seed of all chance. Default 1", DefaultValueFactory = _ => 1 };
        var words = Words();
        var command = new Command("intents", "Trains an intent model from labelled messages.") { data, target, outside, validation, seed, words };
        command.SetAction((parsed, ct) => IntentVerbs.TrainIntentsAsync(
            new(parsed.GetValue(data)!, parsed.GetValue(target)!, parsed.GetValue(outside), parsed.GetValue(validation), parsed.GetValue(seed), parsed.GetValue(words)),
            Console.Out, Console.Error, ct));
        return command;
    }

    private static Command TrainShipped()
    {
        var root = new Option<string>("--root") { Description = "Root folder of the repository. Default: found upwards from here", DefaultValueFactory = _ => Repository.FindRoot() };
        var command = new Command("shipped", "Builds the shipped intent model again from its utterances.") { root };
        command.SetAction((parsed, ct) => OneLine.GuardAsync(
            Console.Error, () => IntentVerbs.TrainShippedAsync(parsed.GetValue(root)!, Console.Out, Console.Error, ct)));
        return command;
    }

    private static Command EvaluateIntents()
    {
        var train = File("--train", "Lines to train on", required: true);
        var test = File("--test", "Lines to measure on", required: true);
        var validation = File("--valid", "Lines to choose settings and calibrate on; without it the data is split");
        var outsideTrain = File("--oos-train", "Out-of-scope lines to train on");
        var outsideTest = File("--oos-test", "Out-of-scope lines to measure on");
        var seeds = new Option<int>("--seeds") { Description = "Models to train, with seeds 1 to N. Default 1", DefaultValueFactory = _ => 1 };
        var json = File("--json", "File for the figures");
        var words = Words();
        var command = new Command("intents", "Trains on one file and measures on another.") { train, test, validation, outsideTrain, outsideTest, seeds, json, words };
        command.SetAction((parsed, ct) => IntentVerbs.EvaluateIntentsAsync(
            new(
                parsed.GetValue(train)!, parsed.GetValue(test)!, parsed.GetValue(validation), parsed.GetValue(outsideTrain),
                parsed.GetValue(outsideTest), parsed.GetValue(seeds), parsed.GetValue(json), parsed.GetValue(words)),
            Console.Out, Console.Error, ct));
        return command;
    }

    private static Command EvaluateShipped()
    {
        var model = new Option<string>("--model")
        {
            Description = "Model to measure. Default: the shipped one",
            DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, new IntentOptions().ModelPath),
        };
        var test = File("--test", "Lines to measure on", required: true);
        var json = File("--json", "File for the figures");
        var command = new Command("shipped", "Measures the shipped model.") { model, test, json };
        command.SetAction((parsed, ct) => IntentVerbs.EvaluateShippedAsync(
            parsed.GetValue(model)!, parsed.GetValue(test)!, parsed.GetValue(json), Console.Out, Console.Error, ct));
        return command;
    }

    private static Option<string> Words() => File("--words", "Table of words that training starts from (./smart words makes one)");

    private static Option<string> File(string name, string description, bool required = false) =>
        new(name) { Description = description, Required = required, HelpName = "FILE" };
}
