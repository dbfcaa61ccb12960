using System.IO.Compression;
using System.Text;
using ConnectorDb.ECharts;

// ConnectorDb.ECharts BUNDLE TARGET
// Writes the library in BUNDLE, without what charts do not use and compressed, to the file TARGET.
if (args is not [var bundle, var target])
{
    Console.Error.WriteLine("Usage: ConnectorDb.ECharts BUNDLE TARGET");
    return 2;
}

using GZipStream archive = new(File.Create(target), CompressionLevel.SmallestSize);
archive.Write(Encoding.UTF8.GetBytes(UsedLibrary.Write(File.ReadAllText(bundle))));
return 0;
