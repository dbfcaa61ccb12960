BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Get-CdbConnection' {
    It 'shows the file, the login and the version' {
        $connection = Get-CdbConnection
        $connection.Location | Should -Be $store
        "$($connection.Identity)" | Should -Be 'me/user'
        $connection.Version | Should -Match '^\d+\.\d+'
    }

    It 'lists open connections, oldest first' {
        $second = Connect-Cdb -Path (Join-Path $TestDrive 'second.cdb')
        (Get-CdbConnection).Location | Should -Be @($store, $second.Location)
        Disconnect-Cdb $second
        @(Get-CdbConnection).Count | Should -Be 1
    }

    It 'has the newest open connection as the default' {
        $second = Connect-Cdb -Path (Join-Path $TestDrive 'third.cdb')
        $first = (Get-CdbConnection)[0]
        (Get-CdbInfo).Location | Should -Be $second.Location
        (Get-CdbInfo -Connection $first).Location | Should -Be $store
        Disconnect-Cdb
        (Get-CdbInfo).Location | Should -Be $store
        { Get-CdbInfo -Connection $second -ErrorAction Stop } | Should -Throw -ErrorId 'StoreClosed*'
    }
}
