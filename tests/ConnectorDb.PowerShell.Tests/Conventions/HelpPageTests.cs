using ConnectorDb.Help.GetHelp;
using ConnectorDb.Help.Metadata;

namespace ConnectorDb.PowerShell.Tests.Conventions;

/// <summary>Compares the pages of docs/en-US with the built cmdlets.</summary>
public sealed class HelpPageTests(ModuleCmdlets module) : IClassFixture<ModuleCmdlets>
{
    private const string Update = "dotnet build && dotnet run --project tools/ConnectorDb.Help -- update";

    private const int FewestExamples = 2;

    [Fact]
    public void Every_cmdlet_has_a_page()
        => Rule.Holds(module.All.Where(c => !File.Exists(ModuleCmdlets.PageFile(c.Name)))
            .Select(c => $"docs/en-US/{c.Name}.md is missing. Start it with: {Update}"));

    [Fact]
    public void Every_page_has_a_cmdlet()
        => Rule.Holds(ModuleCmdlets.PageNames().Except(module.All.Select(c => c.Name))
            .Select(n => $"docs/en-US/{n}.md: there is no such cmdlet; delete the page, or give the cmdlet its line in ConnectorDb.psd1"));

    [Fact]
    public void Pages_match_the_cmdlets()
        => Rule.Holds(
            from entry in module.Pages()
            let written = File.ReadAllText(ModuleCmdlets.PageFile(entry.Cmdlet.Name)).ReplaceLineEndings("\n")
            let right = PageUpdate.Apply(entry.Page, entry.Cmdlet).ToString()
            where written != right
            select $"docs/en-US/{entry.Cmdlet.Name}.md does not match the cmdlet, first at '{FirstDifference(written, right)}'. Run: {Update}");

    [Fact]
    public void Pages_contain_no_placeholders()
        => Rule.Holds(
            from entry in module.Pages()
            from line in entry.Page.ToString().Split('\n')
            where line.Contains("{{", StringComparison.Ordinal)
            select $"docs/en-US/{entry.Cmdlet.Name}.md: write {line.Trim()}");

    [Fact]
    public void Pages_have_no_empty_sections()
        => Rule.Holds(
            from entry in module.Pages()
            from part in new[] { ("SYNOPSIS", entry.Page.Synopsis), ("DESCRIPTION", entry.Page.Description) }
                .Concat(entry.Page.Parameters.Select(p => ("-" + p.Name, p.Description)))
            where part.Item2.Length == 0
            select $"docs/en-US/{entry.Cmdlet.Name}.md: {part.Item1} is empty");

    [Fact]
    public void Every_page_has_at_least_two_examples()
        => Rule.Holds(
            from entry in module.Pages()
            where entry.Page.Examples.Count(e => e.Body.Contains("```powershell", StringComparison.Ordinal)) < FewestExamples
            select $"docs/en-US/{entry.Cmdlet.Name}.md has fewer than {FewestExamples} examples");

    [Fact]
    public void Related_links_lead_to_pages()
        => Rule.Holds(
            from file in Directory.EnumerateFiles(ModuleCmdlets.PageFolder, "*.md")
            from link in ExampleCode.Links(File.ReadAllText(file))
            where !File.Exists(Path.Combine(ModuleCmdlets.PageFolder, link))
            select $"docs/en-US/{Path.GetFileName(file)}: there is no {link}");

    [Fact]
    public void Examples_name_parameters_that_exist()
        => Rule.Holds(
            from entry in module.Pages()
            from example in entry.Page.Examples
            from problem in ExampleCode.Problems(example.Body, module.All)
            select $"docs/en-US/{entry.Cmdlet.Name}.md, {example.Title}: {problem}");

    /// <summary>Readers paste the code of an example, which Get-Help has apart from its output.</summary>
    [Fact]
    public void Get_Help_has_the_code_of_an_example_apart_from_its_output()
        => Rule.Holds(
            from entry in module.Pages()
            from pair in entry.Page.Examples.Zip(MamlCommand.Make(entry.Page, address: null).Descendants(Xml.Dev + "code"), (Example, Code) => (Example, Code: Code.Value))
            where pair.Example.Body.Split("```") is not ["", var code, ..] || code.ReplaceLineEndings("\n").TrimEnd('\n') != $"powershell\n{pair.Code.ReplaceLineEndings("\n")}"
            select $"docs/en-US/{entry.Cmdlet.Name}.md, {pair.Example.Title}: the example does not start with a block of powershell, or Get-Help shows another code: {pair.Code}");

    [Fact]
    public void Examples_have_one_block_of_code_and_blocks_of_output()
        => Rule.Holds(
            from entry in module.Pages()
            from example in entry.Page.Examples
            let languages = example.Body.Split('\n').Where(l => l.StartsWith("```", StringComparison.Ordinal) && l.TrimEnd().Length > 3).Select(l => l.Trim()[3..])
            where languages.Any(l => l is not "powershell" and not "Output") || languages.Count(l => l == "powershell") != 1
            select $"docs/en-US/{entry.Cmdlet.Name}.md, {example.Title} has the blocks {string.Join(", ", languages)}");

    /// <summary>Get-Help -Online opens the first link.</summary>
    [Fact]
    public void Every_cmdlet_has_an_online_page_where_the_repository_has_an_address()
        => Rule.Holds(
            from entry in module.Pages()
            let first = MamlCommand.Make(entry.Page, "https://example.org/docs/en-US").Descendants(Xml.Maml + "uri").First(u => u.Parent!.Name == Xml.Maml + "navigationLink").Value
            where first != $"https://example.org/docs/en-US/{entry.Cmdlet.Name}.md"
            select $"{entry.Cmdlet.Name}: Get-Help -Online would open '{first}'");

    private static string FirstDifference(string written, string right)
        => right.Split('\n').Zip(written.Split('\n').Append("")).FirstOrDefault(p => p.First != p.Second).First ?? "the end";
}
