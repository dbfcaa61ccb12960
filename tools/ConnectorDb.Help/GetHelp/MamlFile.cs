using System.Text;
using System.Xml;
using System.Xml.Linq;
using ConnectorDb.Help.Pages;

namespace ConnectorDb.Help.GetHelp;

/// <summary>Makes the file that Get-Help reads from the pages of a module.</summary>
internal static class MamlFile
{
    public static void Write(IEnumerable<CommandPage> pages, string file, string? address)
    {
        XElement items = new(
            Xml.Items + "helpItems",
            new XAttribute("schema", "maml"),
            pages.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => MamlCommand.Make(p, address)));

        using XmlWriter writer = XmlWriter.Create(file, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false) });
        items.Save(writer);
    }
}
