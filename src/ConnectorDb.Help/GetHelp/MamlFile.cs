using System.Text;
using System.Xml;
using System.Xml.Linq;
using ConnectorDb.Help.Pages;

namespace ConnectorDb.Help.GetHelp;

/// <summary>The pages of a module → the file that Get-Help reads.</summary>
internal static class MamlFile
{
    public static void Write(IEnumerable<CommandPage> pages, string file)
    {
        XElement items = new(
            Xml.Items + "helpItems",
            new XAttribute("schema", "maml"),
            pages.OrderBy(p => p.Name, StringComparer.Ordinal).Select(MamlCommand.Make));

        using XmlWriter writer = XmlWriter.Create(file, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false) });
        items.Save(writer);
    }
}
