using System.Xml.Linq;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using static ConnectorDb.Help.GetHelp.Xml;

namespace ConnectorDb.Help.GetHelp;

/// <summary>The links of a page: the name of another page, or a name with its address.</summary>
internal static class MamlLinks
{
    /// <summary>The first link is the one that Get-Help -Online opens.</summary>
    public static XElement Online(string address) => new(
        Maml + "navigationLink", new XElement(Maml + "linkText", "Online Version"), new XElement(Maml + "uri", address));

    public static IEnumerable<XElement> Make(string markdown)
        => Markdown.Parse(markdown).Descendants<LinkInline>().Select(link => new XElement(
            Maml + "navigationLink",
            new XElement(Maml + "linkText", string.Concat(link.Descendants<LiteralInline>().Select(l => l.Content.ToString()))),
            new XElement(Maml + "uri", link.Url?.StartsWith("http", StringComparison.Ordinal) == true ? link.Url : "")));
}
