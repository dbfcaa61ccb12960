using System.Management.Automation;
using ConnectorDb.Help.Pages;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Conventions;

/// <summary>The cmdlets of the built module, loaded once for all conventions.</summary>
public sealed class ModuleCmdlets : IDisposable
{
    private const string CmdletFolder = "src/ConnectorDb.PowerShell/Commands";

    public ModuleCmdlets()
        => All = [.. Session.Get("Get-Command -Module ConnectorDb -CommandType Cmdlet").Select(c => (CmdletInfo)c!.BaseObject)];

    public ModuleSession Session { get; } = new();

    public IReadOnlyList<CmdletInfo> All { get; }

    public static string PageFolder { get; } = Path.Combine(Repository.Root, "docs", "en-US");

    /// <summary>The names of the cmdlets that have a file: VerbNounCommand.cs is Verb-Noun.</summary>
    public static IEnumerable<string> ClassNames()
        => Directory.EnumerateFiles(Path.Combine(Repository.Root, CmdletFolder), "*Cdb*Command.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetFileNameWithoutExtension(f));

    public static string ClassName(CmdletInfo cmdlet) => $"{cmdlet.Verb}{cmdlet.Noun}Command";

    public static string PageFile(string cmdlet) => Path.Combine(PageFolder, cmdlet + ".md");

    public static IEnumerable<string> PageNames()
        => Directory.EnumerateFiles(PageFolder, "*.md").Select(f => Path.GetFileNameWithoutExtension(f)).Where(n => !n.StartsWith("about_", StringComparison.Ordinal));

    /// <summary>The pages that are there; their being there is a convention of its own.</summary>
    internal IEnumerable<(CmdletInfo Cmdlet, CommandPage Page)> Pages()
        => from cmdlet in All
           let file = PageFile(cmdlet.Name)
           where File.Exists(file)
           select (cmdlet, CommandPage.Read(File.ReadAllText(file)));

    public void Dispose() => Session.Dispose();
}
