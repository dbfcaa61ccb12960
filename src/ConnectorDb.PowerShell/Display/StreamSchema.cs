using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;

namespace ConnectorDb.PowerShell.Display;

/// <summary>The schema of a stream as PowerShell sees it: a text that can be set to all that -Schema takes.</summary>
public static class StreamSchema
{
    public static object? Get(PSObject instance) => (instance?.BaseObject as CdbStream)?.Schema;

    public static void Set(PSObject instance, object? value)
    {
        if (instance?.BaseObject is CdbStream stream)
        {
            try
            {
                stream.Schema = SchemaArgumentAttribute.Read(value);
            }
            catch (InvalidSchemaException error)
            {
                throw new SetValueException(error.Message, error);
            }
        }
    }
}
