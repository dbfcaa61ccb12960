using System.Xml.Linq;

namespace ConnectorDb.Help.GetHelp;

/// <summary>The names that MAML, the XML behind Get-Help, is made of.</summary>
internal static class Xml
{
    public static readonly XNamespace Items = "http://msh";
    public static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    public static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    public static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The markdown as an element with a paragraph for each of its own.</summary>
    public static XElement Text(XName name, string markdown)
        => new(name, PlainText.Paragraphs(markdown).Select(p => new XElement(Maml + "para", p)));
}
