BeforeAll { . "$PSScriptRoot/poller.ps1" }

AfterAll { Stop-CdbPoller; Stop-CdbLogger }

Describe 'Get-CdbSampler' {
    It 'describes each sampler and its availability' {
        $ping = Get-CdbSampler net.ping
        $ping.Unit | Should -Be ms
        $ping.IsAvailable | Should -BeTrue
        (Get-CdbSampler windows.counter).IsAvailable | Should -Be $IsWindows
    }

    It 'loads no package of a sampler or destination before it is used' {
        $module = (Get-Module ConnectorDb).Path
        # PowerShell itself has System.Management on Windows.
        $loaded = & "$PSScriptRoot/../../tools/pwsh.ps1" -NoProfile -Command "`$names = { [AppDomain]::CurrentDomain.GetAssemblies().ForEach({ `$_.GetName().Name }) }; `$before = & `$names; Import-Module '$module'; `$null = Get-CdbSampler; `$null = New-CdbSink -JsonFile ./x.json; (& `$names).Where({ `$_ -notin `$before })"
        $loaded | Should -Contain ConnectorDb.Core
        $loaded | Where-Object { $_ -in 'MQTTnet', 'Npgsql', 'Microsoft.Data.SqlClient', 'System.Data.Odbc', 'System.IO.Ports', 'System.Device.Gpio', 'System.Management' } | Should -BeNullOrEmpty
    }

    It 'reports an unknown key' {
        { Get-CdbSampler net.pong } | Should -Throw -ErrorId 'NotFound,*'
    }
}
