using System.Text.RegularExpressions;

namespace ConnectorDb.Core.Tests.Conventions;

/// <summary>The dependencies between folders and projects, read from the using lines and the project files.</summary>
public sealed partial class RoomTests
{
    private static readonly string[] s_projects = ["Core", "PowerShell", "Server"];

    private static readonly string[] s_data = ["Core.PipeScript.Evaluation.Values", "Core.PipeScript.Evaluation.Columns"];

    private static readonly string[] s_belowCommands =
    [
        "PowerShell.Errors", "PowerShell.Threading", "PowerShell.Values", "PowerShell.Arguments", "PowerShell.Scripts", "PowerShell.Loading", "PowerShell.Polling",
        "PowerShell.Serving", "PowerShell.Services", "PowerShell.Subscriptions", "PowerShell.Sessions", "PowerShell.Completion", "PowerShell.Display",
    ];

    private static readonly string[] s_ofCommands = ["PowerShell.Commands.Bases", .. s_belowCommands];

    /// <summary>The projects whose folders are rooms with arrows of their own.</summary>
    private static readonly string[] s_projectsOfRooms = ["ConnectorDb.Core", "ConnectorDb.PowerShell", "ConnectorDb.Server"];

    /// <summary>A room, and the rooms it may use besides itself and the model.</summary>
    public static TheoryData<string, string[]> Arrows => new()
    {
        { "ConnectorDb", [] },
        { "ConnectorDb.Core/Budgets", [] },
        { "ConnectorDb.Core/PipeScript", ["Core.Budgets"] },
        { "ConnectorDb.Core/PipeScript/Language", [] },
        { "ConnectorDb.Core/PipeScript/RegularExpressions", [] },
        { "ConnectorDb.Core/PipeScript/Evaluation/Values", [] },
        { "ConnectorDb.Core/PipeScript/Evaluation/Columns", ["Core.Budgets", "Core.PipeScript.Evaluation.Values"] },
        { "ConnectorDb.Core/PipeScript/Evaluation/Pruning", [] },
        { "ConnectorDb.Core/PipeScript/Evaluation/Operators", [.. s_data, "Core.Budgets", "Core.PipeScript.Evaluation.Pruning", "Core.PipeScript.Language"] },
        { "ConnectorDb.Core/PipeScript/Evaluation/Nodes", [.. s_data, "Core.Budgets", "Core.PipeScript.Evaluation.Pruning", "Core.PipeScript.Evaluation.Operators"] },
        { "ConnectorDb.Core/PipeScript/Evaluation/Bodies", [.. s_data, "Core.Budgets", "Core.PipeScript.Evaluation.Nodes"] },
        { "ConnectorDb.Core/PipeScript/Evaluation/Binding", [.. s_data, "Core.Budgets", "Core.PipeScript.Evaluation.Nodes", "Core.PipeScript.Evaluation.Operators", "Core.PipeScript.Language"] },
        { "ConnectorDb.Core/PipeScript/Transforms", ["Core.Budgets", "Core.PipeScript.Evaluation", "Core.PipeScript.RegularExpressions"] },
        { "ConnectorDb.Core/PipeScript/Interpolators", [.. s_data, "Core.Budgets", "Core.PipeScript.Language"] },
        { "ConnectorDb.Core/Files", [] },
        { "ConnectorDb.Core/Schemas", ["Core.Budgets"] },
        { "ConnectorDb.Core/Storage", ["Core.Files"] },
        { "ConnectorDb.Core/Queries", ["Core.Budgets", "Core.PipeScript"] },
        { "ConnectorDb.Core/Charts", ["Core.Budgets", "Core.Files", "Core.Queries", "Core.Storage"] },
        { "ConnectorDb.Core/Appending", ["Core.Budgets", "Core.Schemas"] },
        { "ConnectorDb.Core/InfluxQl", ["Core.Budgets", "Core.Influx", "Core.PipeScript"] },
        { "ConnectorDb.Core/InfluxQl/Language", ["Core.Budgets", "Core.PipeScript.RegularExpressions"] },
        { "ConnectorDb.Core/InfluxQl/Results", ["Core.InfluxQl.Evaluation"] },
        { "ConnectorDb.Core/InfluxQl/Sources", ["Core.Budgets", "Core.Influx", "Core.InfluxQl", "Core.InfluxQl.Language", "Core.InfluxQl.Results"] },
        { "ConnectorDb.Core/Engine", ["Core.Budgets", "Core.Appending", "Core.Charts", "Core.Files", "Core.Influx", "Core.InfluxQl", "Core.Schemas", "Core.Storage", "Core.PipeScript", "Core.Queries", "Core.Protocol"] },
        { "ConnectorDb.Core/Csv", ["Core.Files", "Core.Schemas"] },
        { "ConnectorDb.Core/Protocol", [] },
        { "ConnectorDb.Core/Hosting", ["Core.Engine", "Core.Storage", "Core.Polling"] },
        { "ConnectorDb.Core/Client", ["Core.Appending", "Core.Charts", "Core.Files", "Core.Schemas", "Core.Queries", "Core.Engine", "Core.Protocol", "Core.Hosting", "Core.Retry"] },
        { "ConnectorDb.Core/Retry", [] },
        { "ConnectorDb.Core/Logging", ["Core.Files", "Core.Schemas", "Core.Retry", "Core.Appending"] },
        { "ConnectorDb.Core/Polling", ["Core.Files", "Core.Mqtt", "Core.Schemas"] },
        { "ConnectorDb.Core/Influx", ["Core.Protocol"] },
        { "ConnectorDb.Core/Mqtt", [] },
        { "ConnectorDb.Core/Sinks", ["Core.Files", "Core.Influx", "Core.Mqtt", "Core.Schemas"] },
        { "ConnectorDb.PowerShell", ["Core"] },
        { "ConnectorDb.PowerShell/Errors", [] },
        { "ConnectorDb.PowerShell/Threading", [] },
        { "ConnectorDb.PowerShell/Values", [] },
        { "ConnectorDb.PowerShell/Arguments", ["PowerShell.Threading", "PowerShell.Values"] },
        { "ConnectorDb.PowerShell/Scripts", [] },
        { "ConnectorDb.PowerShell/Loading", ["Core", "PowerShell.Scripts", "PowerShell.Threading"] },
        { "ConnectorDb.PowerShell/Polling", ["PowerShell.Scripts", "PowerShell.Values"] },
        { "ConnectorDb.PowerShell/Serving", ["PowerShell.Errors"] },
        { "ConnectorDb.PowerShell/Services", ["PowerShell.Errors"] },
        { "ConnectorDb.PowerShell/Subscriptions", ["PowerShell.Errors", "PowerShell.Scripts", "PowerShell.Threading", "PowerShell.Values"] },
        { "ConnectorDb.PowerShell/Display", ["PowerShell.Arguments", "PowerShell.Threading", "PowerShell.Serving", "PowerShell.Services", "PowerShell.Sessions", "PowerShell.Subscriptions", "PowerShell.Values"] },
        { "ConnectorDb.PowerShell/Sessions", ["PowerShell.Serving", "PowerShell.Subscriptions"] },
        { "ConnectorDb.PowerShell/Completion", ["PowerShell.Arguments", "PowerShell.Loading", "PowerShell.Serving", "PowerShell.Services", "PowerShell.Sessions", "PowerShell.Values"] },
        { "ConnectorDb.PowerShell/Commands", ["Core", .. s_belowCommands] },
        { "ConnectorDb.PowerShell/Commands/Bases", s_belowCommands },
        { "ConnectorDb.PowerShell/Commands/Backups", s_ofCommands },
        { "ConnectorDb.PowerShell/Commands/Charts", ["Core.Charts", .. s_ofCommands] },
        { "ConnectorDb.PowerShell/Commands/Connections", s_ofCommands },
        { "ConnectorDb.PowerShell/Commands/Data", ["Core.Client", "Core.Csv", .. s_ofCommands] },
        { "ConnectorDb.PowerShell/Commands/Logging", s_ofCommands },
        { "ConnectorDb.PowerShell/Commands/Polling", s_ofCommands },
        { "ConnectorDb.PowerShell/Commands/Queries", s_ofCommands },
        { "ConnectorDb.PowerShell/Commands/Serving", s_ofCommands },
        { "ConnectorDb.PowerShell/Commands/Subscriptions", s_ofCommands },
        { "ConnectorDb.PowerShell/Commands/Tree", ["Core.Client", "PowerShell.Commands.Charts", .. s_ofCommands] },
        { "ConnectorDb.PowerShell/Module", ["PowerShell.Completion", "PowerShell.Display", "PowerShell.Loading", "PowerShell.Sessions", "PowerShell.Values"] },
        { "ConnectorDb.Server", ["Core"] },
        { "ConnectorDb.Server/Options", ["Core"] },
        { "ConnectorDb.Server/Metrics", ["Core"] },
        { "ConnectorDb.Server/Security", ["Core", "Server.Options", "Server.Metrics"] },
        { "ConnectorDb.Server/Logging", ["Core", "Server.Options", "Server.Security"] },
        { "ConnectorDb.Server/Api", ["Core", "Server.Options", "Server.Metrics", "Server.Security"] },
        { "ConnectorDb.Server/Influx", ["Core", "Server.Options", "Server.Metrics", "Server.Security", "Server.Api"] },
        { "ConnectorDb.Server/WebSockets", ["Core", "Server.Options", "Server.Metrics", "Server.Security"] },
        { "ConnectorDb.Server/Polling", ["Core", "Server.Options", "Server.Metrics", "Server.Security", "Server.Api"] },
        { "ConnectorDb.Server/Web", ["Core.Charts", "Core.Engine", "Server.Options", "Server.Api"] },
        { "ConnectorDb.Server/Hosting", ["Core", "Server"] },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void A_room_uses_only_the_rooms_it_may(string room, string[] known)
    {
        string self = room.Replace('/', '.');
        string[] allowed = [self, .. known.Select(k => "ConnectorDb." + k)];
        IEnumerable<string> forbidden =
            from file in Sources.Files("src/" + room, "*.cs")
            from line in Sources.Lines(file)
            let name = UsingLine().Match(line).Groups["name"].Value
            where name.Length > 0 && !IsModel(name) && !allowed.Any(a => name == a || name.StartsWith(a + ".", StringComparison.Ordinal))
            select $"{file}: {line.Trim()}";
        Rule.Holds(forbidden);
    }

    [Fact]
    public void Every_folder_of_these_projects_is_a_room_with_arrows()
        => Rule.Holds(
            from project in s_projectsOfRooms
            from folder in Directory.EnumerateDirectories(Path.Combine(Sources.Root, "src", project))
            let name = Path.GetFileName(folder)
            where name is not ("bin" or "obj" or "Properties")
            let room = $"{project}/{name}"
            where !Arrows.Any(row => (string)row[0] == room)
            select $"{room} has no row");

    /// <summary>Removes the folders that use no other until none is left; the rest is a circle.</summary>
    [Fact]
    public void No_rooms_form_a_circle()
    {
        Dictionary<string, string[]> arrows = Arrows.ToDictionary(row => ((string)row[0]).Replace('/', '.'), row => ((string[])row[1]).Select(known => "ConnectorDb." + known).ToArray());
        while (arrows.Keys.FirstOrDefault(room => !arrows.Keys.Any(other => other != room && arrows[room].Any(known => Overlaps(known, other)))) is { } free)
        {
            arrows.Remove(free);
        }

        Rule.Holds(arrows.Select(room => $"{room.Key} -> {string.Join(", ", room.Value)}"));

        // A row of a project stands for its rooms, except for the room itself.
        bool Overlaps(string known, string other) => other == known || other.StartsWith(known + ".", StringComparison.Ordinal);
    }

    /// <summary>Only <c>Core/Hosting</c> selects a kind of store.</summary>
    [Fact]
    public void The_engine_uses_no_SQLite()
        => Rule.Holds(
            from file in Sources.Files("src/ConnectorDb.Core/Engine", "*.cs")
            from line in Sources.Lines(file)
            where UsingLine().IsMatch(line) && line.Contains("Sqlite", StringComparison.Ordinal)
            select $"{file}: {line.Trim()}");

    [Fact]
    public void The_model_has_no_packages_and_no_projects()
        => Rule.Holds(Sources.Lines("src/ConnectorDb/ConnectorDb.csproj").Where(l => l.Contains("Reference Include", StringComparison.Ordinal)));

    [Fact]
    public void The_cmdlets_bring_no_package_into_the_default_load_context()
        => Rule.Holds(Sources.Lines("src/ConnectorDb.PowerShell/ConnectorDb.PowerShell.csproj")
            .Where(l => l.Contains("<PackageReference", StringComparison.Ordinal))
            .Where(l => !l.Contains("PrivateAssets=\"all\"", StringComparison.Ordinal) || !l.Contains("ExcludeAssets=\"runtime\"", StringComparison.Ordinal)));

    /// <summary>The packages of the server connect it to the service managers. ConnectorDb.Png is a module of its own.</summary>
    [Fact]
    public void Every_package_of_the_module_is_in_the_engine()
        => Assert.Equal(
            ["src/ConnectorDb.Core/ConnectorDb.Core.csproj", "src/ConnectorDb.Png/ConnectorDb.Png.csproj", "src/ConnectorDb.Server/ConnectorDb.Server.csproj"],
            Sources.Files("src", "*.csproj")
                .Where(f => Sources.Lines(f).Any(l => l.Contains("<PackageReference", StringComparison.Ordinal) && !l.Contains("PrivateAssets=\"all\"", StringComparison.Ordinal))));

    private static bool IsModel(string name)
    {
        string[] parts = name.Split('.');
        return parts[0] != "ConnectorDb" || parts.Length == 1 || !s_projects.Contains(parts[1]);
    }

    [GeneratedRegex(@"^\s*(?:global )?using (?:static )?(?:\w+ = )?(?<name>ConnectorDb[\w.]*)")]
    private static partial Regex UsingLine();
}
