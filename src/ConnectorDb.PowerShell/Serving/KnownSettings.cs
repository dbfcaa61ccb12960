using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ConnectorDb.PowerShell.Serving;

/// <summary>The settings of the server, read from its file without loading it, which needs ASP.NET Core.</summary>
internal static class KnownSettings
{
    private const string Options = "ServerOptions";
    private const string Attribute = "SettingAttribute";

    /// <summary>The names and descriptions.</summary>
    public static IReadOnlyList<(string Name, string Description)> All { get; } = [.. Read()];

    private static IEnumerable<(string Name, string Description)> Read()
    {
        using PEReader file = new(File.OpenRead(ServerFiles.Program));
        MetadataReader server = file.GetMetadataReader();
        TypeDefinition options = server.TypeDefinitions.Select(server.GetTypeDefinition).First(type => server.StringComparer.Equals(type.Name, Options));
        foreach (PropertyDefinition property in options.GetProperties().Select(server.GetPropertyDefinition))
        {
            foreach (CustomAttribute attribute in property.GetCustomAttributes().Select(server.GetCustomAttribute).Where(each => IsSetting(server, each)))
            {
                // ECMA-335, II.23.3: a prolog of two bytes, then the arguments of the constructor.
                BlobReader arguments = server.GetBlobReader(attribute.Value);
                arguments.ReadUInt16();
                yield return (server.GetString(property.Name), arguments.ReadSerializedString()!);
            }
        }
    }

    private static bool IsSetting(MetadataReader server, CustomAttribute attribute)
        => attribute.Constructor.Kind == HandleKind.MethodDefinition
           && server.StringComparer.Equals(server.GetTypeDefinition(server.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType()).Name, Attribute);
}
