using System.Xml.Linq;
using ConnectorDb.Help.Pages;
using static ConnectorDb.Help.GetHelp.Xml;

namespace ConnectorDb.Help.GetHelp;

/// <summary>Makes the MAML element of a page.</summary>
internal static class MamlCommand
{
    /// <param name="address">The web address of the folder of the pages; null in a clone without one.</param>
    public static XElement Make(CommandPage page, string? address)
    {
        string[] name = page.Name.Split('-', 2);
        return new XElement(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Command + "details",
                new XElement(Command + "name", page.Name),
                new XElement(Command + "verb", name[0]),
                new XElement(Command + "noun", name[^1]),
                Text(Maml + "description", page.Synopsis)),
            Text(Maml + "description", page.Description),
            new XElement(Command + "syntax", page.Syntax.Select(s => MamlParameters.SyntaxItem(page, s))),
            new XElement(Command + "parameters", page.Parameters.Select(MamlParameters.Parameter)),
            Types("inputTypes", "inputType", page.Inputs),
            Types("returnValues", "returnValue", page.Outputs),
            new XElement(Maml + "alertSet", Text(Maml + "alert", page.Notes)),
            new XElement(Command + "examples", page.Examples.Select(Example)),
            new XElement(
                Command + "relatedLinks",
                address is null ? null : MamlLinks.Online($"{address}/{page.Name}.md"),
                MamlLinks.Make(page.Links)));
    }

    private static XElement Types(string list, string item, IReadOnlyList<TitledPart> types)
        => new(Command + list, types.Select(t => new XElement(
            Command + item,
            new XElement(Dev + "type", new XElement(Maml + "name", t.Title)),
            Text(Maml + "description", t.Body))));

    private static XElement Example(TitledPart example)
    {
        (string before, string code, string after) = PlainText.SplitAtCode(example.Body);
        return new XElement(
            Command + "example",
            new XElement(Maml + "title", $"-------- {example.Title} --------"),
            Text(Maml + "introduction", before),
            new XElement(Dev + "code", code),
            Text(Dev + "remarks", after));
    }
}
