@{
    ModuleVersion        = '0.1.0'
    GUID                 = '5d0b8f0e-6c1d-4f5f-9a53-2f7c8b1e4d60'
    Author               = 'The ConnectorDb founders'
    CompanyName          = 'ConnectorDb'
    Copyright            = '(c) The ConnectorDb founders. Apache-2.0.'
    Description          = 'Charts as PNG for the module ConnectorDb: with this module installed, Export-CdbChart writes .png files. It has no commands of its own.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FunctionsToExport    = @()
    CmdletsToExport      = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags = @('ConnectorDb', 'chart', 'png', 'Windows', 'Linux', 'MacOS')
        }
    }
}
