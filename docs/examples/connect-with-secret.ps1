#Requires -Version 7.6

<#
.SYNOPSIS
Connects to a ConnectorDB server with an API key from a vault of SecretManagement.

.DESCRIPTION
The key is read with Get-Secret of the module Microsoft.PowerShell.SecretManagement, as a SecureString. No script and no history has it as
text. With -ApiKey the key is stored in the vault first. Without the module, the script warns and uses -ApiKey for this call only.

.PARAMETER Url
The address of the server.

.PARAMETER Name
The name of the secret. Default: connectordb.

.PARAMETER Vault
The vault. Default: the default vault.

.PARAMETER ApiKey
The key to store in the vault; needed once.

.EXAMPLE
./connect-with-secret.ps1 -Url https://cdb.example.org -ApiKey (Read-Host Key -AsSecureString)

.EXAMPLE
./connect-with-secret.ps1 -Url https://cdb.example.org
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Url,

    [string] $Name = 'connectordb',

    [string] $Vault,

    [securestring] $ApiKey
)

$ErrorActionPreference = 'Stop'

if (-not (Get-Command Connect-Cdb -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../../ConnectorDb.psd1"
}

$secret = @{ Name = $Name }
if ($Vault) { $secret.Vault = $Vault }

if (Get-Command Get-Secret -ErrorAction Ignore) {
    if ($ApiKey) { Set-Secret @secret -SecureStringSecret $ApiKey }
    $ApiKey = Get-Secret @secret
}
elseif ($ApiKey) {
    Write-Warning 'SecretManagement is not installed, so the key is used once and not stored. To install it: Install-PSResource Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore'
}
else {
    throw 'SecretManagement is not installed. Install it with Install-PSResource Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore, or give the key with -ApiKey (Read-Host Key -AsSecureString).'
}

Connect-Cdb -Url $Url -ApiKey $ApiKey
