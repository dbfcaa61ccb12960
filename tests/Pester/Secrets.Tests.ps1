# docs/examples/connect-with-secret.ps1, without SecretManagement and with a stand-in for its two cmdlets.
BeforeAll {
    . "$PSScriptRoot/store.ps1" 'over a server'
    $example = "$PSScriptRoot/../../docs/examples/connect-with-secret.ps1"
    $secure = ConvertTo-SecureString $key -AsPlainText -Force
    $url = $server.Url
}

AfterAll {
    Get-CdbConnection | Disconnect-Cdb
    Stop-CdbServer
}

Describe 'connect-with-secret.ps1' {
    It 'uses the given key once where SecretManagement is missing' -Skip:([bool] (Get-Command Get-Secret -ErrorAction Ignore)) {
        $connection = & $example -Url $url -ApiKey $secure -WarningVariable warned -WarningAction SilentlyContinue
        $connection.Identity | Should -BeLike 'me/user'
        "$warned" | Should -BeLike '*Install-PSResource Microsoft.PowerShell.SecretManagement*'
        { & $example -Url $url } | Should -Throw '*SecretManagement is not installed*-ApiKey*'
    }

    It 'stores the key in a vault, and connects with it afterwards' {
        $kept = @{}
        function Set-Secret([string] $Name, [securestring] $SecureStringSecret) { $kept[$Name] = $SecureStringSecret }
        function Get-Secret([string] $Name) { $kept[$Name] }
        (& $example -Url $url -ApiKey $secure).Identity | Should -BeLike 'me/user'
        (& $example -Url $url).Identity | Should -BeLike 'me/user'
        $kept.Keys | Should -Be connectordb
    }
}
